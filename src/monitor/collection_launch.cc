#include "monitor/collection_launch.h"

#include <algorithm>
#include <cstdlib>
#include <tuple>

#include "monitor/collection_name.h"

namespace ripen::monitor {
namespace {

constexpr double kLaunchedShare = .05;
constexpr double kLeastShown = 5;
constexpr int kGoneDays = 56;
constexpr int kWeek = 7;
constexpr int kDeclaredNear = 28;

struct Piece {
  int known_on = 0;  // days since the first day
  std::size_t day = 0;
  std::size_t value = 0;
  double shown = 0;
};

// Replays what was shown and notes launches as they become known.
class Replay {
 public:
  Replay(const CubeIndex& index, std::size_t attribute)
      : index_(index),
        values_(index.snapshot().attributes[attribute].values.size()),
        shown_(values_ * index.days()),
        total_(index.days()),
        last_(values_) {
    for (const FlatFamily& family : index.families()) {
      const auto own = std::find(family.attributes.begin(), family.attributes.end(), attribute);
      if (own == family.attributes.end()) continue;
      Read(static_cast<std::size_t>(&family - index.families().data()),
           static_cast<std::size_t>(own - family.attributes.begin()));
      break;
    }
  }

  std::vector<CollectionLaunch> Run() {
    for (std::size_t at = 0; at < pieces_.size();) {
      const int known_on = pieces_[at].known_on;
      std::vector<std::size_t> touched;
      for (; at < pieces_.size() && pieces_[at].known_on == known_on; ++at) {
        const Piece& piece = pieces_[at];
        shown_[piece.value * index_.days() + piece.day] += piece.shown;
        total_[piece.day] += piece.shown;
        if (touched.empty() || touched.back() != piece.day) touched.push_back(piece.day);
      }
      for (const std::size_t day : touched) Look(day, known_on);
    }
    std::stable_sort(launches_.begin(), launches_.end(),
                     [](const auto& a, const auto& b) { return a.launch.first < b.launch.first; });
    return Linked();
  }

 private:
  struct Noted {
    CollectionLaunch launch;
    std::vector<double> week_before;  // shown by value in the seven days before, as then known
  };

  void Read(std::size_t family, std::size_t column) {
    const FlatFamily& flat = index_.families()[family];
    for (const cube::CountRow& row : index_.snapshot().families[family].shown) {
      const auto cell = static_cast<std::size_t>(row.cell);
      const int day = row.shown - index_.snapshot().first_day;
      pieces_.push_back({day + std::max(row.delay, 0), static_cast<std::size_t>(day),
                         flat.values[cell * flat.columns() + column],
                         static_cast<double>(row.gained - row.lost)});
    }
    std::sort(pieces_.begin(), pieces_.end(), [](const Piece& a, const Piece& b) {
      return std::tie(a.known_on, a.day, a.value) < std::tie(b.known_on, b.day, b.value);
    });
  }

  void Look(std::size_t day, int known_on) {
    for (std::size_t value = 0; value < values_; ++value) {
      const double shown = shown_[value * index_.days() + day];
      if (shown < kLeastShown || shown < kLaunchedShare * total_[day]) continue;
      const auto at = static_cast<int>(day);
      if (!last_[value] || at > *last_[value] + kGoneDays) Note(value, at, known_on);
      last_[value] = std::max(last_[value].value_or(at), at);
    }
  }

  void Note(std::size_t value, int day, int known_on) {
    Noted noted;
    noted.launch.value = value;
    noted.launch.first = index_.snapshot().first_day + day;
    noted.launch.known_on = index_.snapshot().first_day + known_on;
    if (day < kWeek) {
      noted.launch.origin = LaunchOrigin::kBeforeData;
      noted.launch.first = index_.snapshot().first_day;
    }
    noted.week_before.resize(values_);
    for (int before = std::max(0, day - kWeek); before < day; ++before) {
      for (std::size_t each = 0; each < values_; ++each) {
        noted.week_before[each] += shown_[each * index_.days() + static_cast<std::size_t>(before)];
      }
    }
    launches_.push_back(std::move(noted));
  }

  std::vector<CollectionLaunch> Linked() const {
    std::vector<CollectionLaunch> launches;
    launches.reserve(launches_.size());
    for (const Noted& noted : launches_) launches.push_back(noted.launch);
    for (std::size_t at = 0; at < launches.size(); ++at) {
      if (launches[at].origin != LaunchOrigin::kBeforeData) {
        launches[at].replaces = Replaced(launches, at);
      }
      for (std::size_t later = at + 1; later < launches.size() && !launches[at].next; ++later) {
        if (launches[later].value == launches[at].value) launches[at].next = later;
      }
    }
    return launches;
  }

  std::optional<std::size_t> Replaced(const std::vector<CollectionLaunch>& launches,
                                      std::size_t at) const {
    const std::vector<double>& before = launches_[at].week_before;
    double all = 0;
    for (const double shown : before) all += shown;
    std::optional<std::size_t> shown_last;
    std::optional<std::size_t> launched_last;
    for (std::size_t other = 0; other < at; ++other) {
      const CollectionLaunch& each = launches[other];
      if (each.value == launches[at].value || each.first > launches[at].first - kWeek) continue;
      const auto later = [&](const std::optional<std::size_t>& chosen) {
        return !chosen || launches[*chosen].first < each.first ||
               (launches[*chosen].first == each.first &&
                before[launches[*chosen].value] < before[each.value]);
      };
      if (later(launched_last)) launched_last = other;
      if (before[each.value] >= kLaunchedShare * all && later(shown_last)) shown_last = other;
    }
    return shown_last ? shown_last : launched_last;
  }

  const CubeIndex& index_;
  std::size_t values_;
  std::vector<double> shown_;  // values x days, as known so far
  std::vector<double> total_;
  std::vector<std::optional<int>> last_;  // by value: its last day with a share
  std::vector<Piece> pieces_;
  std::vector<Noted> launches_;
};

}  // namespace

std::vector<DeclaredLaunch> DeclaredLaunches(std::span<const Annotation> annotations) {
  std::vector<DeclaredLaunch> declared;
  for (const Annotation& annotation : annotations) {
    if (annotation.kind != AnnotationKind::kLaunch || !annotation.item) continue;
    declared.push_back({*annotation.item, annotation.day});
  }
  return declared;
}

std::vector<CollectionLaunch> FindLaunches(const CubeIndex& index, std::size_t attribute,
                                           std::span<const DeclaredLaunch> declared) {
  std::vector<CollectionLaunch> launches = Replay(index, attribute).Run();
  const cube::Attribute& own = index.snapshot().attributes[attribute];
  for (const DeclaredLaunch& told : declared) {
    for (CollectionLaunch& launch : launches) {
      if (launch.origin != LaunchOrigin::kFound ||
          told.item != Segment{own.name, own.values[launch.value]} ||
          std::abs(launch.first - told.day) > kDeclaredNear) {
        continue;
      }
      launch.origin = LaunchOrigin::kDeclared;
      launch.first = told.day;
    }
  }
  return launches;
}

std::optional<std::size_t> CollectionAttribute(const CubeIndex& index) {
  const std::vector<cube::Attribute>& attributes = index.snapshot().attributes;
  for (std::size_t at = 0; at < attributes.size(); ++at) {
    if (attributes[at].kind == AttributeKind::kItem && NamesACollection(attributes[at].name)) {
      return at;
    }
  }
  return std::nullopt;
}

}  // namespace ripen::monitor
