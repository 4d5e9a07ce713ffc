// Controlled experiments read as streams: how often is a difference claimed by someone who looks at
// every checkpoint?
//
// Reads on standard input the CSV of the ASOS Digital Experiments (cumulative counts, means and
// variances of a control and a variant by checkpoint) and prints a table: the share of comparisons
// (experiment, variant, metric) in which the anytime-valid comparison ever claims a difference,
// with and without what increments spread beyond the given variances (stats/two_totals.h), beside a
// plain 1.96 at every checkpoint, and beside 1.96 at the end alone.
//   zcat experiments.csv.gz | build/release/tests/oracle/ab_streams
//
// A checkpoint adds to the score S = n_c n_t / (n_c + n_t) (mean_t - mean_c) what arrived since the
// one before, from users who came since and from users who were there already; S and its variance
// are therefore those of the totals.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <map>
#include <optional>
#include <sstream>
#include <string>
#include <tuple>
#include <vector>

#include "stats/two_sample.h"
#include "stats/two_totals.h"

namespace {

using ripen::stats::ArmMean;
using ripen::stats::MixtureDeviate;
using ripen::stats::TwoSampleOptions;
using ripen::stats::TwoTotals;

constexpr double kFixedDeviate = 1.959963984540054;

struct Checkpoint {
  double days = 0;
  ArmMean control;
  ArmMean variant;
};
using Key = std::tuple<std::string, std::string, std::string>;  // experiment, variant, metric

std::vector<std::string> Fields(const std::string& line) {
  std::vector<std::string> fields;
  std::istringstream stream(line);
  for (std::string field; std::getline(stream, field, ',');) fields.push_back(field);
  if (!line.empty() && line.back() == ',') fields.emplace_back();
  return fields;
}

// How one way of claiming did.
struct Claims {
  int ever = 0;
  int gone = 0;    // no difference by 1.96 at the end
  int turned = 0;  // the end has the other sign
};

struct Row {
  int comparisons = 0;
  int looks = 0;
  int at_end = 0;  // 1.96
  Claims anytime;
  Claims plain_anytime;  // as if the given variances told everything
  Claims daily;
};

// Requires: at least one checkpoint.
// Returns phi at the end.
double Watch(const std::vector<Checkpoint>& checkpoints, const TwoSampleOptions& options,
             Row& row) {
  TwoTotals totals(options);
  double anytime = 0;  // the deviate of the first claim
  double plain_anytime = 0;
  double daily = 0;
  double deviate = 0;
  for (const Checkpoint& at : checkpoints) {
    const ArmMean& c = at.control;
    const ArmMean& t = at.variant;
    totals.LookAt(t, c);
    const double information = c.count * t.count / (c.count + t.count);
    deviate = (t.mean - c.mean) / std::sqrt(c.variance / c.count + t.variance / t.count);
    if (anytime == 0 && totals.first_claim()) anytime = deviate;
    if (plain_anytime == 0 && std::abs(deviate) >= MixtureDeviate(information, options)) {
      plain_anytime = deviate;
    }
    if (daily == 0 && std::abs(deviate) >= kFixedDeviate) daily = deviate;
  }
  const bool at_end = std::abs(deviate) >= kFixedDeviate;
  const auto add = [&](double first, Claims& claims) {
    if (first == 0) return;
    ++claims.ever;
    if (!at_end) ++claims.gone;
    if (first * deviate < 0) ++claims.turned;
  };
  ++row.comparisons;
  row.looks += static_cast<int>(checkpoints.size());
  row.at_end += at_end ? 1 : 0;
  add(anytime, row.anytime);
  add(plain_anytime, row.plain_anytime);
  add(daily, row.daily);
  return totals.phi();
}

// Steps in which an arm gains more events than records: customers counted before did something.
int StepsOfOldCustomers(const std::vector<Checkpoint>& checkpoints) {
  int steps = 0;
  for (std::size_t at = 1; at < checkpoints.size(); ++at) {
    const auto more = [](const ArmMean& now, const ArmMean& before) {
      return now.count * now.mean - before.count * before.mean > now.count - before.count + .5;
    };
    if (more(checkpoints[at].control, checkpoints[at - 1].control) ||
        more(checkpoints[at].variant, checkpoints[at - 1].variant)) {
      ++steps;
    }
  }
  return steps;
}

void Print(const std::string& name, const Row& row) {
  const auto share = [&](int count) {
    return fmt::format("{} ({:.0f} %)", count, 100.0 * count / row.comparisons);
  };
  const auto claims = [&](const Claims& each) {
    return fmt::format("{}, {}, {}", share(each.ever), each.gone, each.turned);
  };
  fmt::print("| {} | {} | {} | {} | {} | {} | {} |\n", name, row.comparisons, row.looks,
             claims(row.anytime), claims(row.plain_anytime), claims(row.daily), share(row.at_end));
}

int Run() {
  std::string line;
  std::getline(std::cin, line);
  if (Fields(line).size() != 10) {
    std::cerr << "ab_streams: standard input has no header of 10 columns.\n";
    return 2;
  }
  std::map<Key, std::vector<Checkpoint>> streams;
  int without_variance = 0;
  int rows = 0;
  while (std::getline(std::cin, line)) {
    const std::vector<std::string> fields = Fields(line);
    if (fields.size() != 10) {
      std::cerr << "ab_streams: this line has " << fields.size() << " columns: " << line << "\n";
      return 2;
    }
    ++rows;
    std::vector<Checkpoint>& stream = streams[{fields[0], fields[1], fields[2]}];
    const auto number = [&](std::size_t at) { return std::strtod(fields[at].c_str(), nullptr); };
    Checkpoint at{number(3), {number(4), number(6), number(8)}, {number(5), number(7), number(9)}};
    // An empty variance, or one of 0, measures nothing.
    if (at.control.variance <= 0 || at.variant.variance <= 0 || at.control.count <= 0 ||
        at.variant.count <= 0) {
      ++without_variance;
      continue;
    }
    stream.push_back(at);
  }
  std::map<std::string, Row> by_metric;
  Row all;
  std::vector<double> phis;
  int old_customers = 0;
  int empty = 0;
  const TwoSampleOptions options;
  for (auto& [key, stream] : streams) {
    if (stream.empty()) {
      ++empty;
      continue;
    }
    std::stable_sort(stream.begin(), stream.end(),
                     [](const Checkpoint& x, const Checkpoint& y) { return x.days < y.days; });
    Watch(stream, options, by_metric[std::get<2>(key)]);
    phis.push_back(Watch(stream, options, all));
    if (std::get<2>(key) == "1") old_customers += StepsOfOldCustomers(stream);
  }
  fmt::print("{} checkpoints; set aside: {} without a variance, {} comparisons without any.\n\n",
             rows, without_variance, empty);
  fmt::print(
      "Ever claimed; of these no difference by 1.96 at the end; of these of the other sign "
      "there:\n\n"
      "| metric | comparisons | looks | anytime-valid | the same without phi | 1.96 at every look "
      "| "
      "1.96 at the end alone |\n|---|---|---|---|---|---|---|\n");
  if (phis.empty()) return 0;
  for (const auto& [metric, row] : by_metric) Print(metric, row);
  Print("all", all);
  std::sort(phis.begin(), phis.end());
  fmt::print("\nphi at the end: lowest {:.1f}, median {:.1f}, highest {:.0f}.\n", phis.front(),
             phis[phis.size() / 2], phis.back());
  fmt::print("Metric 1 gains more events than records in {} of {} steps.\n", old_customers,
             by_metric["1"].looks - by_metric["1"].comparisons);
  return 0;
}

}  // namespace

int main() { return Run(); }
