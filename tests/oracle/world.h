// Worlds with a known truth, drawn record by record straight into a snapshot. Shares no code with
// the simulator of the product, so that the two can only agree by being right.
#pragma once

#include <cstdint>
#include <functional>
#include <random>
#include <string>
#include <vector>

#include "cube/snapshot.h"

namespace ripen::oracle {

// One attribute of the world: its values and how often each is drawn.
struct WorldAttribute {
  std::string name;
  std::vector<std::string> values;
  std::vector<double> shares;
  AttributeKind kind = AttributeKind::kCustomer;
};

// What a record is: the value index of each attribute and its day.
struct WorldRecord {
  std::vector<int> values;
  int day = 0;
};

struct WorldOptions {
  std::uint64_t seed = 1;
  int per_day = 1000;
  int days = 30;
  std::vector<WorldAttribute> attributes;  // base attributes first
  std::size_t further = 0;                 // how many of the last ones are further attributes
  // Records of a day as a share of per_day; empty: 1 on all days.
  std::function<double(int day)> volume;
  // Probability of a click; day effects are the caller's.
  std::function<double(const WorldRecord&)> click;
  // Probability of a purchase, given a click or not; empty: no purchases are given.
  std::function<double(const WorldRecord&, bool clicked)> purchase;
  // Shares of an attribute on a day; empty: those of the attribute.
  std::function<std::vector<double>(std::size_t attribute, int day)> shares;
};

// Five attributes of the customer of a fashion shop: age_group (25-34 is values[1]), preference,
// region, customer and device: 360 cells.
std::vector<WorldAttribute> ShopAttributes(double share_25_34);
// The stable click rate of the shop: about 23.5 % overall, 28 % for ages 25-34.
double ShopClickRate(const WorldRecord& record);

// Draws the world. Clicks are settled after a day, purchases after 14; the as-of day is the last.
cube::Snapshot DrawWorld(const WorldOptions& options);

}  // namespace ripen::oracle
