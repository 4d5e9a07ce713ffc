#include "tests/oracle/naive/naive_ledger.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace ripen::oracle {
namespace {

constexpr std::int64_t kDay = 86'400'000'000;
constexpr std::int64_t kFiveMinutes = 300'000'000;

class Naive {
 public:
  Naive(const NaiveWorld& world, int as_of) : world_(world), as_of_(as_of) {}

  NaiveAnswer Answer() {
    PickFacts();
    Choose();
    for (const auto& [id, fact] : facts_) CountOne(id, fact);
    CountValues();
    CountOutcomes();
    Finish();
    return answer_;
  }

 private:
  struct Known {
    When shown;
    int day;
    int arrival_day;
    std::string customer;
    std::map<std::string, std::string> attributes;
  };
  struct State {
    bool on = false;
    bool timed = false;
    When happened;
    int offset = 0;
  };

  int DayOf(const When& when) const {
    if (when.whole_day) return static_cast<int>(when.micros / kDay);
    return world_.zone.DayOf(Moment(when.micros)).days_since_epoch();
  }
  std::int64_t InstantOf(const When& when) const {
    return when.whole_day ? world_.zone.StartOf(Day(DayOf(when))).micros() : when.micros;
  }
  When ArrivalOf(const When& event, const std::optional<When>& arrived) const {
    return arrived && InstantOf(*arrived) >= InstantOf(event) ? *arrived : event;
  }
  When ArrivalOf(const NaiveOutcome& outcome) const {
    if (outcome.happened) return ArrivalOf(*outcome.happened, outcome.arrived);
    return outcome.arrived.value_or(When{outcome.snapshot, false});
  }

  // Per id the fact of the earliest arrival, among those that had arrived; ties: shown first.
  void PickFacts() {
    std::map<std::string, std::tuple<int, std::int64_t, std::int64_t>> best;
    const auto offer = [&](const NaiveRecommendation& row) {
      const When arrival = ArrivalOf(row.shown, row.arrived);
      if (DayOf(arrival) > as_of_) return;
      const std::tuple rank(DayOf(arrival), arrival.micros, row.shown.micros);
      const auto [entry, is_new] = best.try_emplace(row.id, rank);
      if (!is_new && entry->second <= rank) return;
      entry->second = rank;
      facts_[row.id] = {row.shown, DayOf(row.shown), DayOf(arrival), row.customer, row.attributes};
    };
    for (const NaiveRecommendation& row : world_.recommendations) offer(row);
    for (const NaiveRow& row : world_.rows) offer(row.recommendation);
  }

  AttributeValue ValueOf(const Known& fact, const std::string& attribute) const {
    const auto found = fact.attributes.find(attribute);
    return found == fact.attributes.end() ? AttributeValue() : AttributeValue(found->second);
  }

  void Choose() {
    if (facts_.empty()) return;
    int first = INT32_MAX;
    int arrived = INT32_MAX;
    for (const auto& [id, fact] : facts_) {
      first = std::min(first, fact.day);
      arrived = std::min(arrived, fact.arrival_day);
    }
    const int decided = std::min(as_of_, std::max(first + 13, arrived));
    for (const auto& [name, kind] : world_.kinds) {
      std::set<AttributeValue> values;
      for (const auto& [id, fact] : facts_) {
        if (fact.day > first + 13 || fact.arrival_day > decided) continue;
        values.insert(ValueOf(fact, name));
      }
      start_values_[name] = values;
      values.erase(std::nullopt);
      if (values.empty()) continue;
      answer_.attributes.push_back(name);
      if (kind != AttributeKind::kItem) order_.emplace_back(values.size(), name);
    }
    std::sort(order_.begin(), order_.end());
    for (const auto& [count, name] : order_) answer_.adjust.push_back(name);
    for (const std::string& name : answer_.attributes) {
      if (std::find(answer_.adjust.begin(), answer_.adjust.end(), name) == answer_.adjust.end()) {
        further_.push_back(name);
      }
    }
  }

  void Add(const Known& fact, const std::string& stage, int offset, int delay, int gained,
           int lost) {
    std::vector<AttributeValue> cell;
    for (const std::string& name : answer_.adjust) cell.push_back(ValueOf(fact, name));
    const auto add = [&](const std::string& family, const std::vector<AttributeValue>& values) {
      auto& [g, l] = answer_.counts[{family, stage, values, fact.day, offset, delay}];
      g += gained;
      l += lost;
    };
    add("", cell);
    for (const std::string& name : further_) {
      std::vector<AttributeValue> values = cell;
      values.push_back(ValueOf(fact, name));
      add(name, values);
    }
  }

  bool InWindow(const When& event, bool base_timed, const When& base, int window) const {
    if (!base_timed) return true;
    if (event.whole_day || base.whole_day) {
      const int days = DayOf(event) - DayOf(base);
      return days >= 0 && days <= window;
    }
    return event.micros >= base.micros - kFiveMinutes &&
           event.micros <= base.micros + window * kDay;
  }

  // All outcomes of one id and stage that hold at the end of a day.
  std::vector<std::optional<When>> Holding(const std::string& id, const std::string& stage,
                                           int day) const {
    std::vector<std::optional<When>> holding;
    std::map<std::string, std::vector<const NaiveOutcome*>> versions;
    std::vector<const NaiveOutcome*> known;
    for (const NaiveOutcome& outcome : world_.outcomes) {
      if (outcome.id == id && DayOf(ArrivalOf(outcome)) <= day) known.push_back(&outcome);
    }
    const auto rank = [&](const NaiveOutcome& outcome) {
      const When arrival = ArrivalOf(outcome);
      return std::pair(DayOf(arrival), arrival.micros);
    };
    const auto content = [](const NaiveOutcome& outcome) {
      return std::tuple(outcome.retracted, outcome.stage,
                        outcome.happened.value_or(When{INT64_MIN, false}), outcome.value);
    };
    // What is said twice was said when it was said first.
    const auto first_said = [&](const NaiveOutcome& outcome) {
      auto first = rank(outcome);
      for (const NaiveOutcome* other : known) {
        if (other->event_id == outcome.event_id && content(*other) == content(outcome)) {
          first = std::min(first, rank(*other));
        }
      }
      return first;
    };
    for (const NaiveOutcome* outcome : known) {
      if (!outcome->event_id.empty()) {
        versions[outcome->event_id].push_back(outcome);
        continue;
      }
      if (outcome->retracted || outcome->stage != stage) continue;
      bool taken_back = false;
      for (const NaiveOutcome* other : known) {
        taken_back = taken_back || (other->retracted && other->event_id.empty() &&
                                    first_said(*other) >= first_said(*outcome) &&
                                    (other->stage.empty() || other->stage == stage) &&
                                    (!other->happened || other->happened == outcome->happened) &&
                                    (other->value.empty() || other->value == outcome->value));
      }
      if (!taken_back) holding.push_back(outcome->happened);
    }
    for (const auto& [event_id, all] : versions) {
      const NaiveOutcome* last = nullptr;
      const auto later = [&](const NaiveOutcome& a, const NaiveOutcome& b) {
        return std::tuple(first_said(a), content(a)) > std::tuple(first_said(b), content(b));
      };
      for (const NaiveOutcome* outcome : all) {
        if (last == nullptr || later(*outcome, *last)) last = outcome;
      }
      if (!last->retracted && last->stage == stage) holding.push_back(last->happened);
    }
    AddObserved(id, stage, day, holding);
    return holding;
  }

  void AddObserved(const std::string& id, const std::string& stage, int day,
                   std::vector<std::optional<When>>& holding) const {
    // The snapshots known, and what each says: any yes counts.
    std::map<std::int64_t, bool> says;
    for (const NaiveRow& row : world_.rows) {
      if (row.recommendation.id != id || DayOf({row.snapshot, false}) > day) continue;
      const bool yes = CellOf(row, stage) == Cell::kYes || row.times.contains(stage);
      const bool no = CellOf(row, stage) == Cell::kNo;
      if (yes || no) says[row.snapshot] = says[row.snapshot] || yes;
    }
    const auto denied_after = [&](std::int64_t seen) {
      for (const auto& [moment, yes] : says) {
        if (moment > seen && !yes) return true;
      }
      return false;
    };
    for (const NaiveRow& row : world_.rows) {
      if (row.recommendation.id != id) continue;
      const auto time = row.times.find(stage);
      if (time != row.times.end()) {
        if (DayOf(time->second) <= day && !denied_after(row.snapshot)) {
          holding.emplace_back(time->second);
        }
      } else if (CellOf(row, stage) == Cell::kYes && DayOf({row.snapshot, false}) <= day &&
                 !denied_after(row.snapshot)) {
        holding.emplace_back(std::nullopt);
      }
    }
  }

  static Cell CellOf(const NaiveRow& row, const std::string& stage) {
    const auto found = row.flags.find(stage);
    return found == row.flags.end() ? Cell::kNoColumn : found->second;
  }

  std::map<std::string, State> StateOn(const std::string& id, const Known& fact, int day) const {
    std::map<std::string, State> states;
    for (const Stage& stage : world_.ladder.stages()) {
      State& state = states[stage.name];
      bool base_timed = true;
      When base = fact.shown;
      if (stage.of != "shown") {
        if (!states[stage.of].on) continue;
        base_timed = states[stage.of].timed;
        base = states[stage.of].happened;
      }
      for (const std::optional<When>& event : Holding(id, stage.name, day)) {
        if (!event) {
          state.on = true;
          continue;
        }
        if (!InWindow(*event, base_timed, base, stage.window_days)) continue;
        const auto rank = [&](const When& when) {
          return std::tuple(DayOf(when), when.whole_day, when.micros);
        };
        if (!state.timed || rank(*event) < rank(state.happened)) state.happened = *event;
        state.on = true;
        state.timed = true;
      }
      if (stage.of != "shown" && base_timed) state.offset = std::max(0, DayOf(base) - fact.day);
    }
    return states;
  }

  void CountOne(const std::string& id, const Known& fact) {
    Add(fact, "", 0, fact.arrival_day - fact.day, 1, 0);
    ++answer_.rows[fact.day];
    std::map<std::string, State> before;
    for (int day = fact.arrival_day; day <= as_of_; ++day) {
      const std::map<std::string, State> now = StateOn(id, fact, day);
      for (const Stage& stage : world_.ladder.stages()) {
        const State was = before[stage.name];
        const State is = now.at(stage.name);
        if (was.on == is.on && (!is.on || was.offset == is.offset)) continue;
        if (was.on) {
          Add(fact, stage.name, was.offset, std::max(0, day - fact.day - was.offset), 0, 1);
        }
        if (is.on) Add(fact, stage.name, is.offset, std::max(0, day - fact.day - is.offset), 1, 0);
      }
      before = now;
    }
    CountTruth(id, fact, before);
  }

  void CountTruth(const std::string& id, const Known& fact,
                  const std::map<std::string, State>& states) {
    bool flagged = false;
    for (const NaiveRow& row : world_.rows) {
      flagged = flagged || (row.recommendation.id == id && row.truth == Cell::kYes &&
                            DayOf({row.snapshot, false}) <= as_of_);
    }
    for (const Stage& stage : world_.ladder.stages()) {
      bool empty = false;
      bool filled = false;
      for (const NaiveRow& row : world_.rows) {
        if (row.recommendation.id != id || DayOf({row.snapshot, false}) > as_of_) continue;
        const Cell cell = CellOf(row, stage.name);
        const bool timed = row.times.contains(stage.name);
        empty = empty || (cell == Cell::kEmpty && !timed);
        filled = filled || cell == Cell::kYes || cell == Cell::kNo || timed;
      }
      empty = empty && !filled;
      const bool on = states.contains(stage.name) && states.at(stage.name).on;
      auto& [f, o, k] = answer_.truth[{fact.day, stage.name}];
      const bool open = !flagged && empty && !on;
      f += flagged ? 1 : 0;
      o += open ? 1 : 0;
      k += !flagged && !open && on ? 1 : 0;
      auto& [fl, op, ef, fu] = flags_[stage.name];
      fl += flagged ? 1 : 0;
      op += open ? 1 : 0;
      ef += flagged && empty ? 1 : 0;
      fu += !flagged && filled ? 1 : 0;
    }
  }

  void CountValues() {
    bool has_customers = false;
    for (const auto& [id, fact] : facts_) has_customers = has_customers || !fact.customer.empty();
    for (const std::string& name : answer_.attributes) {
      std::map<AttributeValue, std::set<std::string>> members;
      for (const auto& [id, fact] : facts_) {
        auto& of_value = members[ValueOf(fact, name)];
        if (!has_customers) of_value.insert(id);
        if (has_customers && !fact.customer.empty()) of_value.insert(fact.customer);
      }
      for (const auto& [value, who] : members) {
        answer_.values[name][value] = {start_values_[name].contains(value),
                                       static_cast<std::int64_t>(who.size())};
      }
    }
  }

  // Orphans and lateness: every outcome once, however often it was told.
  void CountOutcomes() {
    using Content = std::tuple<std::string, std::string, When, std::string, std::string>;
    struct Message {
      int day;
      std::int64_t micros;
      bool given;
      int late;
    };
    std::map<Content, Message> messages;
    for (const NaiveOutcome& outcome : world_.outcomes) {
      if (outcome.retracted) continue;
      const When arrival = ArrivalOf(outcome);
      const When happened = outcome.happened.value_or(When{INT64_MIN, false});
      Message message{DayOf(arrival), arrival.micros, outcome.arrived.has_value(),
                      outcome.happened ? DayOf(arrival) - DayOf(happened) : 0};
      const auto [entry, is_new] = messages.try_emplace(
          {outcome.id, outcome.stage, happened, outcome.event_id, outcome.value}, message);
      const auto rank = [](const Message& m) { return std::tuple(m.day, m.micros, !m.given); };
      if (!is_new && rank(message) < rank(entry->second)) entry->second = message;
    }
    std::map<std::string, std::vector<int>> late;
    for (const auto& [content, message] : messages) {
      const auto& [id, stage, happened, event_id, value] = content;
      if (message.day > as_of_) continue;
      const auto fact = facts_.find(id);
      if (fact == facts_.end()) {
        ++answer_.orphans[stage];
        continue;
      }
      if (happened.micros == INT64_MIN || !message.given) continue;
      const When& shown = fact->second.shown;
      const bool early = happened.whole_day || shown.whole_day
                             ? DayOf(happened) < fact->second.day
                             : happened.micros < shown.micros - kFiveMinutes;
      if (!early) late[stage].push_back(std::max(0, message.late));
    }
    for (auto& [stage, days] : late) {
      std::sort(days.begin(), days.end());
      const auto rank =
          static_cast<std::size_t>(std::ceil(0.999 * static_cast<double>(days.size())));
      answer_.lateness[stage] = days[std::max<std::size_t>(rank, 1) - 1];
    }
  }

  void Finish() {
    for (const Stage& stage : world_.ladder.stages()) {
      answer_.lateness.try_emplace(stage.name, 0);
      answer_.orphans.try_emplace(stage.name, 0);
      const auto& [flagged, open, empty_flagged, filled] = flags_[stage.name];
      answer_.empty_where_unflagged[stage.name] =
          flagged > 0 && open > 0 && empty_flagged == 0 && filled == 0;
    }
    std::erase_if(answer_.counts, [](const auto& entry) {
      return entry.second == std::pair<std::int64_t, std::int64_t>{0, 0};
    });
  }

  const NaiveWorld& world_;
  int as_of_;
  std::map<std::string, Known> facts_;
  std::map<std::string, std::set<AttributeValue>> start_values_;
  std::vector<std::pair<std::size_t, std::string>> order_;
  std::vector<std::string> further_;
  std::map<std::string, std::tuple<int, int, int, int>> flags_;
  NaiveAnswer answer_;
};

}  // namespace

NaiveAnswer NaiveSnapshot(const NaiveWorld& world, int as_of) {
  return Naive(world, as_of).Answer();
}

NaiveAnswer FlattenSnapshot(const cube::Snapshot& snapshot) {
  NaiveAnswer answer;
  for (const cube::Attribute& attribute : snapshot.attributes) {
    answer.attributes.push_back(attribute.name);
    for (std::size_t i = 0; i < attribute.values.size(); ++i) {
      answer.values[attribute.name][attribute.values[i]] = {attribute.known_at_start[i],
                                                            attribute.members[i]};
    }
  }
  for (const std::size_t index : snapshot.adjust) {
    answer.adjust.push_back(snapshot.attributes[index].name);
  }
  for (const cube::Family& family : snapshot.families) {
    std::vector<std::size_t> attributes = snapshot.adjust;
    if (family.further) attributes.push_back(*family.further);
    const std::string name = family.further ? snapshot.attributes[*family.further].name : "";
    const auto add = [&](const std::string& stage, const std::vector<cube::CountRow>& rows) {
      for (const cube::CountRow& row : rows) {
        std::vector<AttributeValue> values;
        for (std::size_t i = 0; i < attributes.size(); ++i) {
          values.push_back(snapshot.attributes[attributes[i]].values[static_cast<std::size_t>(
              family.cells[static_cast<std::size_t>(row.cell)][i])]);
        }
        auto& [gained, lost] = answer.counts[{name, stage, values, row.shown.days_since_epoch(),
                                              row.base_offset, row.delay}];
        gained += row.gained;
        lost += row.lost;
      }
    };
    add("", family.shown);
    for (std::size_t i = 0; i < family.stages.size(); ++i) {
      add(snapshot.ladder[i].name, family.stages[i]);
    }
  }
  for (const cube::DayTruth& day : snapshot.truth) {
    answer.rows[day.shown.days_since_epoch()] = day.rows;
    for (std::size_t i = 0; i < snapshot.ladder.size(); ++i) {
      answer.truth[{day.shown.days_since_epoch(), snapshot.ladder[i].name}] = {
          day.flagged[i], day.open_unflagged[i], day.known_events_unflagged[i]};
    }
  }
  for (std::size_t i = 0; i < snapshot.ladder.size(); ++i) {
    const std::string& name = snapshot.ladder[i].name;
    answer.orphans[name] = snapshot.orphans[i];
    answer.lateness[name] = snapshot.ladder[i].lateness_days;
    answer.empty_where_unflagged[name] = snapshot.stage_empty_where_unflagged[i];
  }
  return answer;
}

}  // namespace ripen::oracle
