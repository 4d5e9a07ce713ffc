#include "tests/oracle/store_world.h"

#include <fmt/format.h>

#include "base/day.h"

namespace ripen::oracle {
namespace {

constexpr std::int64_t kMinute = 60'000'000;
constexpr int kDays = 22;

class Maker {
 public:
  explicit Maker(std::uint32_t seed) : random_(seed) {
    world_.first_day = Day::FromYmd(2026, 10, 20).days_since_epoch();
    world_.last_day = world_.first_day + kDays + 12;
    if (seed % 2 == 1) world_.naive.zone = *TimeZone::Find("Europe/Berlin");
    world_.naive.kinds = {{"age_group", AttributeKind::kCustomer},
                          {"region", AttributeKind::kCustomer},
                          {"model", AttributeKind::kContext},
                          {"brand", AttributeKind::kItem}};
  }

  World Make(int size) {
    for (int i = 0; i < 45 * size; ++i) MakeLong(fmt::format("r-{}", i));
    for (int i = 0; i < 3 * size; ++i)
      AddOutcomes(fmt::format("nobody-{}", i), world_.first_day + 5);
    for (int i = 0; i < 25 * size; ++i) MakeWide(fmt::format("w-{}", i));
    return std::move(world_);
  }

 private:
  int Pick(int below) { return static_cast<int>(random_() % static_cast<unsigned>(below)); }
  bool Chance(int percent) { return Pick(100) < percent; }

  When Moments(int day, int minutes) { return {day * kMicrosPerDay + minutes * kMinute, false}; }
  When SomeTime(int day) {
    if (Chance(10)) return {day * kMicrosPerDay, true};
    return Moments(day, Pick(1440));
  }
  static std::string Text(const When& when) {
    if (when.whole_day) return Day(static_cast<std::int32_t>(when.micros / kMicrosPerDay)).Iso();
    return Moment(when.micros).Rfc3339();
  }
  static std::string Text(const std::optional<When>& when) { return when ? Text(*when) : ""; }

  NaiveRecommendation Fact(const std::string& id) {
    NaiveRecommendation fact;
    fact.id = id;
    const int day = world_.first_day + Pick(kDays);
    fact.shown = SomeTime(day);
    if (Chance(85)) fact.customer = fmt::format("c-{}", Pick(20));
    // The model and one region come late: they are not known at the start.
    const bool late = day > world_.first_day + 15;
    if (Chance(85)) fact.attributes["age_group"] = fmt::format("{}", 18 + 10 * Pick(3));
    if (Chance(90)) {
      fact.attributes["region"] = late && Chance(50) ? "East" : Chance(50) ? "North" : "South";
    }
    if (day > world_.first_day + 3) fact.attributes["model"] = late ? "v2" : "v1";
    if (Chance(95)) fact.attributes["brand"] = std::string(1, static_cast<char>('A' + Pick(4)));
    return fact;
  }

  std::string Attributes(const NaiveRecommendation& fact) {
    std::string text = fact.customer;
    for (const char* name : {"age_group", "region", "model", "brand"}) {
      const auto found = fact.attributes.find(name);
      text += "," + (found == fact.attributes.end() ? "" : found->second);
    }
    return text;
  }

  void Add(const NaiveRecommendation& fact) {
    world_.naive.recommendations.push_back(fact);
    const std::string line =
        fmt::format("{},{},{},{}", fact.id, Text(fact.shown), Text(fact.arrived), Attributes(fact));
    for (int copies = Chance(15) ? 2 : 1; copies > 0; --copies) {
      world_.rows.push_back({RowKind::kRecommendation, line, 0});
    }
  }

  void MakeLong(const std::string& id) {
    NaiveRecommendation fact = Fact(id);
    const int day = static_cast<int>(fact.shown.micros / kMicrosPerDay);
    if (Chance(40)) fact.arrived = SomeTime(day + Pick(6));
    Add(fact);
    // Another fact of the same id; its time shown differs, so that ties are decided by it.
    for (int conflicts = Chance(20) ? 1 + Pick(2) : 0; conflicts > 0; --conflicts) {
      NaiveRecommendation other = Fact(id);
      if (Chance(50)) other.arrived = fact.arrived;
      if (other.shown == fact.shown) continue;
      Add(other);
    }
    AddOutcomes(id, day);
  }

  void Add(const NaiveOutcome& outcome) {
    world_.naive.outcomes.push_back(outcome);
    std::string value;
    if (!outcome.value.empty()) {
      value = fmt::format("{}.{}", outcome.value.substr(0, outcome.value.size() - 2),
                          outcome.value.substr(outcome.value.size() - 2));
    }
    const std::string line = fmt::format("{},{},{},{},{},{},{}", outcome.id, outcome.stage,
                                         Text(outcome.happened), Text(outcome.arrived),
                                         outcome.event_id, value, outcome.retracted ? "true" : "");
    for (int copies = Chance(15) ? 2 : 1; copies > 0; --copies) {
      world_.rows.push_back({RowKind::kOutcome, line, 0});
    }
  }

  void AddOutcomes(const std::string& id, int day) {
    static const std::vector<std::string> kStages = {"click", "click", "purchase", "return"};
    for (int count = Pick(5); count > 0; --count) {
      NaiveOutcome outcome;
      outcome.id = id;
      outcome.stage = kStages[static_cast<std::size_t>(Pick(4))];
      const int span = outcome.stage == "click" ? 3 : outcome.stage == "purchase" ? 16 : 20;
      outcome.happened = SomeTime(day + Pick(span) - (Chance(4) ? 1 : 0));
      const int happened_day = static_cast<int>(outcome.happened->micros / kMicrosPerDay);
      if (Chance(50)) outcome.arrived = SomeTime(happened_day + Pick(5));
      if (Chance(35)) outcome.event_id = fmt::format("{}-e{}", id, Pick(2));
      if (Chance(30)) outcome.value = fmt::format("{}", 1000 + 10 * Pick(3));
      Add(outcome);
      if (Chance(20)) {  // told again, later
        NaiveOutcome again = outcome;
        again.arrived = SomeTime(happened_day + Pick(8));
        Add(again);
      }
      if (Chance(20)) {  // taken back
        NaiveOutcome back = outcome;
        back.retracted = true;
        back.arrived = SomeTime(happened_day + Pick(9));
        if (Chance(50)) back.value = "";
        if (back.event_id.empty() && Chance(50)) back.happened.reset();
        if (!back.event_id.empty() && Chance(30)) back.stage = "";
        Add(back);
      }
    }
  }

  // Up to three snapshots of the same row, each knowing more, or taking back.
  void MakeWide(const std::string& id) {
    NaiveRow row;
    row.recommendation = Fact(id);
    const int day = static_cast<int>(row.recommendation.shown.micros / kMicrosPerDay);
    Cell clicked = Cell::kEmpty;
    std::optional<When> purchased;
    for (const int offset : {6, 14, 22}) {
      if (Chance(20)) continue;
      const int snapshot = world_.first_day + offset;
      if (snapshot < day) continue;
      if (Chance(40)) clicked = Chance(60) ? Cell::kYes : Cell::kNo;
      if (!purchased && Chance(30)) {
        const When bought = SomeTime(day + 1 + Pick(12));
        if (static_cast<int>(bought.micros / kMicrosPerDay) < snapshot) purchased = bought;
      }
      row.snapshot = world_.naive.zone.StartOf(Day(snapshot + 1)).micros() - 1;
      row.flags["click"] = Chance(15) ? Cell::kEmpty : clicked;
      row.times.clear();
      row.flags["purchase"] = Chance(30) ? Cell::kEmpty : Cell::kNo;
      if (purchased && Chance(85)) {
        row.times["purchase"] = *purchased;
        row.flags["purchase"] = Chance(50) ? Cell::kYes : Cell::kEmpty;
      }
      row.truth = Chance(30) ? Cell::kYes : Cell::kNo;
      world_.naive.rows.push_back(row);
      const auto flag = [](Cell cell) {
        return cell == Cell::kYes ? "1" : cell == Cell::kNo ? "0" : "";
      };
      const auto time = row.times.find("purchase");
      world_.rows.push_back(
          {RowKind::kWide,
           fmt::format("{},{},{},{},{},{},{}", id, Text(row.recommendation.shown),
                       flag(row.flags["click"]), flag(row.flags["purchase"]),
                       time == row.times.end() ? "" : Text(time->second),
                       row.truth == Cell::kYes ? "ja" : "nein", Attributes(row.recommendation)),
           snapshot});
    }
  }

  std::mt19937 random_;
  World world_;
};

}  // namespace

World MakeWorld(std::uint32_t seed, int size) { return Maker(seed).Make(size); }

std::string HeaderOf(RowKind kind) {
  switch (kind) {
    case RowKind::kRecommendation:
      return "id,shown_at,arrived_at,customer_id,age_group,region,model,brand";
    case RowKind::kOutcome:
      return "recommendation_id,stage,happened_at,arrived_at,event_id,value,retracted";
    case RowKind::kWide:
      return "id,shown_at,clicked,purchased,purchased_at,truth,customer_id,age_group,region,model,"
             "brand";
  }
  return "";
}

}  // namespace ripen::oracle
