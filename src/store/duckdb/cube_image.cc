#include "store/duckdb/cube_image.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "base/parallel.h"
#include "store/duckdb/fold.h"
#include "store/duckdb/schema.h"

namespace ripen::store {
namespace {

// L covers all but this share of the messages.
constexpr double kLatenessQuantile = 0.999;

}  // namespace

Result<std::unique_ptr<CubeImage>> CubeImage::Make(const Dictionary& dictionary, Choice choice,
                                                   const CountSource& counts,
                                                   std::vector<DayEntry> days,
                                                   std::vector<MemberMap::Entry> members,
                                                   int threads) {
  std::unique_ptr<CubeImage> image(new CubeImage(dictionary, std::move(choice), threads));
  image->days_ = std::move(days);
  image->members_ = std::move(members);
  const CellNumbers cells(dictionary, image->choice_);
  FamilyCells of_family(image->choice_.further.size() + 1);
  std::size_t stages = 1;
  std::vector<std::vector<std::size_t>> rows(of_family.size());
  RIPEN_RETURN_IF_ERROR(counts([&](const CountEntry& entry) {
    const auto family = static_cast<std::size_t>(entry.family);
    const auto stage = static_cast<std::size_t>(entry.stage);
    of_family[family].emplace(entry.cell, 0);
    stages = std::max(stages, stage + 1);
    if (rows[family].size() <= stage) rows[family].resize(stage + 1, 0);
    ++rows[family][stage];
  }));
  image->OrderValues(of_family, cells);
  image->NumberCells(of_family, cells);
  for (std::size_t family = 0; family < image->families_.size(); ++family) {
    image->families_[family].stages.resize(stages);
    for (std::size_t stage = 0; stage < rows[family].size(); ++stage) {
      image->families_[family].stages[stage].reserve(rows[family][stage]);
    }
  }
  RIPEN_RETURN_IF_ERROR(counts([&](const CountEntry& entry) {
    const auto family = static_cast<std::size_t>(entry.family);
    image->families_[family].stages[static_cast<std::size_t>(entry.stage)].push_back(
        {of_family[family].at(entry.cell), entry.day, entry.base_offset, entry.delay,
         static_cast<std::int32_t>(entry.gained), static_cast<std::int32_t>(entry.lost)});
  }));
  std::vector<std::vector<Row>*> all;
  for (FamilyImage& family : image->families_) {
    for (std::vector<Row>& of_stage : family.stages) all.push_back(&of_stage);
  }
  ParallelFor(all.size(), threads, [&](std::size_t i) { SumRows(*all[i]); });
  image->numbers_ = std::move(of_family);
  image->NoteDaysShown();
  return image;
}

std::size_t CubeImage::rows() const {
  std::size_t rows = 0;
  for (const FamilyImage& family : families_) {
    for (const std::vector<Row>& of_stage : family.stages) rows += of_stage.size();
  }
  return rows;
}

std::vector<std::size_t> CubeImage::AttributesOf(std::size_t family) const {
  std::vector<std::size_t> attributes = choice_.adjust;
  if (family > 0) attributes.push_back(choice_.further[family - 1]);
  return attributes;
}

void CubeImage::OrderValues(const FamilyCells& of_family, const CellNumbers& cells) {
  std::vector<std::set<std::int32_t>> codes(choice_.attributes.size());
  for (std::size_t family = 0; family < of_family.size(); ++family) {
    const std::vector<std::size_t> attributes = AttributesOf(family);
    for (const auto& [cell, number] : of_family[family]) {
      const std::vector<std::int32_t> of_cell = cells.CodesOf(cell, family > 0);
      for (std::size_t i = 0; i < attributes.size(); ++i) codes[attributes[i]].insert(of_cell[i]);
    }
  }
  values_.assign(choice_.attributes.size(), ValueOrder());
  for (std::size_t i = 0; i < values_.size(); ++i) {
    const StoredAttribute& stored = dictionary_.attributes()[choice_.attributes[i].stored];
    std::vector<std::pair<AttributeValue, std::int32_t>> order;
    for (const std::int32_t code : codes[i]) order.emplace_back(stored.ValueOf(code), code);
    std::sort(order.begin(), order.end());
    for (const auto& [value, code] : order) {
      values_[i].place_of[code] = static_cast<std::int32_t>(values_[i].values.size());
      values_[i].values.push_back(value);
      values_[i].codes.push_back(code);
    }
  }
}

void CubeImage::NumberCells(FamilyCells& of_family, const CellNumbers& cells) {
  families_.resize(of_family.size());
  for (std::size_t family = 0; family < of_family.size(); ++family) {
    const std::vector<std::size_t> attributes = AttributesOf(family);
    families_[family].cells.clear();
    std::map<std::vector<std::int32_t>, std::int64_t> order;
    for (const auto& [cell, number] : of_family[family]) {
      std::vector<std::int32_t> places = cells.CodesOf(cell, family > 0);
      for (std::size_t i = 0; i < places.size(); ++i) {
        places[i] = values_[attributes[i]].place_of.at(places[i]);
      }
      order.emplace(std::move(places), cell);
    }
    for (auto& [places, cell] : order) {
      of_family[family][cell] = static_cast<std::int32_t>(families_[family].cells.size());
      families_[family].cells.push_back(places);
    }
  }
}

// In order, each key once, none without a count: the parts of one day and differences repeat keys.
void CubeImage::SumRows(std::vector<Row>& rows) {
  const auto key = [](const Row& row) {
    return std::tie(row.cell, row.day, row.base_offset, row.delay);
  };
  std::sort(rows.begin(), rows.end(), [&](const Row& a, const Row& b) { return key(a) < key(b); });
  std::size_t kept = 0;
  for (const Row& row : rows) {
    if (kept > 0 && key(rows[kept - 1]) == key(row)) {
      rows[kept - 1].gained += row.gained;
      rows[kept - 1].lost += row.lost;
    } else {
      rows[kept++] = row;
    }
  }
  rows.resize(kept);
  std::erase_if(rows, [](const Row& row) { return row.gained == 0 && row.lost == 0; });
}

void CubeImage::NoteDaysShown() {
  days_shown_.clear();
  for (const Row& row : families_[0].stages[0]) {
    if (row.gained > 0) days_shown_.emplace(row.day, row.known_on());
  }
}

std::optional<CubeImage::KnownDays> CubeImage::KnownOn(std::int32_t as_of) const {
  std::optional<KnownDays> known;
  for (const auto& [day, known_on] : days_shown_) {
    if (known_on > as_of) continue;
    if (!known) known = KnownDays{day, known_on};
    known->first_arrival = std::min(known->first_arrival, known_on);
  }
  return known;
}

std::vector<std::vector<bool>> CubeImage::ValuesKnownOn(std::int32_t as_of) const {
  std::vector<std::vector<bool>> none;
  for (const ValueOrder& order : values_) none.emplace_back(order.values.size(), false);
  std::vector<std::vector<std::vector<bool>>> of_family(families_.size(), none);
  ParallelFor(families_.size(), threads_, [&](std::size_t f) {
    const std::vector<std::size_t> attributes = AttributesOf(f);
    std::int32_t last = -1;
    for (const Row& row : families_[f].stages[0]) {
      if (row.cell == last || row.known_on() > as_of) continue;
      last = row.cell;
      const std::vector<std::int32_t>& cell =
          families_[f].cells[static_cast<std::size_t>(row.cell)];
      for (std::size_t i = 0; i < attributes.size(); ++i) {
        of_family[f][attributes[i]][static_cast<std::size_t>(cell[i])] = true;
      }
    }
  });
  std::vector<std::vector<bool>> known = none;
  for (const std::vector<std::vector<bool>>& each : of_family) {
    for (std::size_t i = 0; i < known.size(); ++i) {
      for (std::size_t v = 0; v < known[i].size(); ++v) known[i][v] = known[i][v] || each[i][v];
    }
  }
  return known;
}

cube::Family CubeImage::FamilyOn(std::size_t index, std::int32_t as_of,
                                 const std::vector<std::vector<std::int32_t>>& new_place,
                                 std::size_t ladder_stages) const {
  const FamilyImage& image = families_[index];
  const std::vector<std::size_t> attributes = AttributesOf(index);
  cube::Family family;
  if (index > 0) family.further = choice_.further[index - 1];
  std::vector<std::int32_t> new_cell(image.cells.size(), -1);
  const auto copy = [&](const std::vector<Row>& rows, std::vector<cube::CountRow>& out) {
    out.reserve(static_cast<std::size_t>(std::count_if(
        rows.begin(), rows.end(), [&](const Row& row) { return row.known_on() <= as_of; })));
    for (const Row& row : rows) {
      if (row.known_on() > as_of) continue;
      std::int32_t& cell = new_cell[static_cast<std::size_t>(row.cell)];
      if (cell < 0) {
        cell = static_cast<std::int32_t>(family.cells.size());
        std::vector<std::int32_t> places = image.cells[static_cast<std::size_t>(row.cell)];
        for (std::size_t i = 0; i < places.size(); ++i) {
          places[i] = new_place[attributes[i]][static_cast<std::size_t>(places[i])];
        }
        family.cells.push_back(std::move(places));
      }
      out.push_back({cell, Day(row.day), row.base_offset, row.delay, row.gained, row.lost});
    }
  };
  copy(image.stages[0], family.shown);  // every cell with anything has been shown
  family.stages.resize(ladder_stages);
  for (std::size_t stage = 0; stage + 1 < image.stages.size(); ++stage) {
    copy(image.stages[stage + 1], family.stages[stage]);
  }
  return family;
}

void CubeImage::AddAttributes(std::int32_t as_of, const Choice& start,
                              const std::vector<std::vector<bool>>& known,
                              cube::Snapshot& snapshot) const {
  bool has_customers = false;
  for (const MemberMap::Entry& entry : members_) {
    has_customers = has_customers || entry.known_on <= as_of;
  }
  PlacesOfCodes places;
  for (std::size_t i = 0; i < choice_.attributes.size(); ++i) {
    cube::Attribute attribute;
    attribute.name = choice_.attributes[i].name;
    attribute.kind = choice_.attributes[i].kind;
    const std::vector<std::int32_t>& start_codes = start.attributes[i].start_codes;
    std::map<std::int32_t, std::size_t>& place_of_code = places.emplace_back();
    for (std::size_t v = 0; v < values_[i].values.size(); ++v) {
      if (!known[i][v]) continue;
      place_of_code[values_[i].codes[v]] = attribute.values.size();
      attribute.values.push_back(values_[i].values[v]);
      attribute.known_at_start.push_back(
          std::binary_search(start_codes.begin(), start_codes.end(), values_[i].codes[v]));
    }
    attribute.members.assign(attribute.values.size(), 0);
    if (has_customers) {
      const auto stored = static_cast<std::int32_t>(choice_.attributes[i].stored);
      for (const MemberMap::Entry& entry : members_) {
        if (entry.attribute != stored || entry.known_on > as_of) continue;
        const auto place = place_of_code.find(entry.code);
        if (place != place_of_code.end()) ++attribute.members[place->second];
      }
    }
    snapshot.attributes.push_back(std::move(attribute));
  }
  if (has_customers) {
    AddPairMembers(as_of, places, snapshot);
    return;
  }
  // Without customers, recommendations.
  std::vector<bool> counted(choice_.attributes.size(), false);
  for (const cube::Family& family : snapshot.families) {
    std::vector<std::size_t> attributes = choice_.adjust;
    if (family.further) attributes.push_back(*family.further);
    for (std::size_t a = 0; a < attributes.size(); ++a) {
      if (counted[attributes[a]]) continue;
      counted[attributes[a]] = true;
      std::vector<std::int64_t>& members = snapshot.attributes[attributes[a]].members;
      for (const cube::CountRow& row : family.shown) {
        const auto cell = static_cast<std::size_t>(row.cell);
        members[static_cast<std::size_t>(family.cells[cell][a])] += row.gained - row.lost;
      }
    }
  }
}

void CubeImage::AddPairMembers(std::int32_t as_of, const PlacesOfCodes& places,
                               cube::Snapshot& snapshot) const {
  std::unordered_map<std::int32_t, std::size_t> place_of_pair;
  for (const auto& [first, second] : choice_.pairs) {
    place_of_pair.emplace(
        MemberMap::PairOf(choice_.attributes[first].stored, choice_.attributes[second].stored),
        snapshot.pair_members.size());
    snapshot.pair_members.push_back(
        {first, second,
         std::vector<std::int64_t>(snapshot.attributes[first].values.size() *
                                   snapshot.attributes[second].values.size())});
  }
  for (const MemberMap::Entry& entry : members_) {
    const auto pair = place_of_pair.find(entry.attribute);
    if (pair == place_of_pair.end() || entry.known_on > as_of) continue;
    cube::PairMembers& of_pair = snapshot.pair_members[pair->second];
    const auto [first_code, second_code] = MemberMap::CodesIn(entry.code);
    const auto row = places[of_pair.first].find(first_code);
    const auto column = places[of_pair.second].find(second_code);
    if (row == places[of_pair.first].end() || column == places[of_pair.second].end()) continue;
    ++of_pair.members[row->second * snapshot.attributes[of_pair.second].values.size() +
                      column->second];
  }
}

void CubeImage::AddDays(std::int32_t as_of, const std::vector<StoredStage>& stages,
                        cube::Snapshot& snapshot) const {
  const std::size_t count = snapshot.ladder.size();
  std::map<std::int32_t, cube::DayTruth> truth;
  for (const cube::CountRow& row : snapshot.families[0].shown) {
    cube::DayTruth& day = truth[row.shown.days_since_epoch()];
    day.shown = row.shown;
    day.rows += row.gained - row.lost;
  }
  for (auto& [number, day] : truth) {
    day.flagged.assign(count, 0);
    day.open_unflagged.assign(count, 0);
    day.known_events_unflagged.assign(count, 0);
  }
  std::vector<std::int64_t> flagged(count), open(count), empty_flagged(count), filled(count);
  std::vector<std::int64_t> arrived(count), timed(count);
  std::vector<std::int32_t> observed(count, INT32_MAX);
  std::vector<std::map<std::int32_t, std::int64_t>> late(count);
  snapshot.orphans.assign(count, 0);
  for (const DayEntry& entry : days_) {
    const auto stage = static_cast<std::size_t>(entry.stage);
    if (static_cast<DayKind>(entry.kind) == DayKind::kObserved) {
      observed[stage] = std::min(observed[stage], entry.known_on);
      continue;
    }
    if (entry.known_on > as_of) continue;
    const auto day = truth.find(entry.day);
    switch (static_cast<DayKind>(entry.kind)) {
      case DayKind::kWaiting: snapshot.orphans[stage] += entry.change; continue;
      case DayKind::kArrived:
        arrived[stage] += entry.change;
        if (entry.extra != kWithoutTime) timed[stage] += entry.change;
        if (entry.extra >= 0) late[stage][entry.extra] += entry.change;
        continue;
      default: break;
    }
    if (day == truth.end()) continue;
    switch (static_cast<DayKind>(entry.kind)) {
      case DayKind::kFlagged:
        day->second.flagged[stage] += entry.change;
        flagged[stage] += entry.change;
        break;
      case DayKind::kOpen:
        day->second.open_unflagged[stage] += entry.change;
        open[stage] += entry.change;
        break;
      case DayKind::kKnownUnflagged:
        day->second.known_events_unflagged[stage] += entry.change;
        break;
      case DayKind::kEmptyFlagged: empty_flagged[stage] += entry.change; break;
      case DayKind::kFilledUnflagged: filled[stage] += entry.change; break;
      default: break;
    }
  }
  for (std::size_t s = 0; s < count; ++s) {
    bool flag_given = false;
    bool time_given = false;
    for (const StoredStage& stored : stages) {
      if (stored.name != snapshot.ladder[s].name) continue;
      flag_given = stored.flag_given;
      time_given = stored.time_given;
    }
    snapshot.stage_given.push_back(flag_given || time_given || arrived[s] > 0);
    snapshot.stage_has_times.push_back(time_given || timed[s] > 0 || !snapshot.stage_given.back());
    snapshot.stage_known_from.push_back(snapshot.stage_has_times.back() || observed[s] == INT32_MAX
                                            ? std::nullopt
                                            : std::optional<Day>(Day(observed[s])));
    snapshot.stage_empty_where_unflagged.push_back(flagged[s] > 0 && open[s] > 0 &&
                                                   empty_flagged[s] == 0 && filled[s] == 0);
    std::int64_t messages = 0;
    for (const auto& [days, number] : late[s]) messages += number;
    std::int64_t covered = 0;
    for (const auto& [days, number] : late[s]) {
      covered += number;
      snapshot.ladder[s].lateness_days = std::max(snapshot.ladder[s].lateness_days, days);
      if (static_cast<double>(covered) >= kLatenessQuantile * static_cast<double>(messages)) break;
    }
  }
  for (auto& [number, day] : truth) snapshot.truth.push_back(std::move(day));
  snapshot.first_day = snapshot.truth.empty() ? snapshot.as_of : snapshot.truth.front().shown;
  snapshot.last_day = snapshot.truth.empty() ? snapshot.as_of : snapshot.truth.back().shown;
}

cube::Snapshot CubeImage::SnapshotOn(std::int32_t as_of, const StageLadder& ladder,
                                     const std::vector<StoredStage>& stages,
                                     const Choice& start) const {
  cube::Snapshot snapshot;
  snapshot.as_of = Day(as_of);
  snapshot.ladder = ladder;
  snapshot.adjust = choice_.adjust;
  const std::vector<std::vector<bool>> known = ValuesKnownOn(as_of);
  std::vector<std::vector<std::int32_t>> new_place;
  for (const std::vector<bool>& values : known) {
    std::vector<std::int32_t> places;
    std::int32_t next = 0;
    for (const bool is_known : values) places.push_back(is_known ? next++ : -1);
    new_place.push_back(std::move(places));
  }
  snapshot.families.resize(families_.size());
  ParallelFor(families_.size(), threads_, [&](std::size_t family) {
    snapshot.families[family] = FamilyOn(family, as_of, new_place, ladder.size());
  });
  AddAttributes(as_of, start, known, snapshot);
  AddDays(as_of, stages, snapshot);
  return snapshot;
}

}  // namespace ripen::store
