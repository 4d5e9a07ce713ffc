#include "monitor/incidents.h"

#include <algorithm>
#include <cmath>

#include "monitor/same_time.h"
#include "stats/wilson.h"

namespace ripen::monitor {
namespace {

constexpr int kDaysUntilFaded = 7;
constexpr double kGrown = 1.25;  // times the change it opened with
constexpr const char* kRecovered = "recovered";

bool SameSubject(const Finding& a, const Finding& b) {
  return a.kind == b.kind && a.stage == b.stage && a.slice == b.slice &&
         a.item_slice == b.item_slice && a.against == b.against && a.direction == b.direction &&
         (a.kind != FindingKind::kDataProblem || a.code == b.code);
}

bool Raises(const Finding& finding) {
  return finding.level == Level::kAlert && !finding.explained_by;
}

bool IsRecovery(const Finding& finding) { return finding.code == kRecovered; }

double ChangeOf(const Finding& finding) {
  return finding.before && finding.after ? std::abs(*finding.after - *finding.before) : 0;
}

}  // namespace

void IncidentFold::MoveTo(Incident& incident, IncidentState state, Day day) {
  if (incident.state == state) return;
  incident.state = state;
  incident.history.push_back({day, state, std::nullopt});
}

void IncidentFold::Close(Incident& incident, IncidentState state, Day day) {
  MoveTo(incident, state, day);
  incident.closed_on = day;
}

Incident* IncidentFold::FindSame(const Finding& finding, bool open) {
  // The newest first: earlier episodes are over.
  for (auto at = incidents_.rbegin(); at != incidents_.rend(); ++at) {
    if (IsOpen(at->state) != open || !SameSubject(at->finding, finding)) continue;
    if (open) return &*at;
    // What began after the end is another one.
    const bool later = finding.since && (at->recovered_on ? *finding.since >= *at->recovered_on
                                                          : !AtTheSameTime(at->finding, finding));
    if (muted_.count(at->id) > 0 && !later) return &*at;
  }
  return nullptr;
}

// The open incident whose group this look names otherwise.
Incident* IncidentFold::FindRenamed(const Finding& finding, std::span<const Finding> findings,
                                    Day day) {
  for (auto at = incidents_.rbegin(); at != incidents_.rend(); ++at) {
    const Finding& known = at->finding;
    if (!IsOpen(at->state) || at->last_seen == day || known.kind != finding.kind ||
        known.stage != finding.stage || known.item_slice != finding.item_slice ||
        known.direction != finding.direction || known.kind == FindingKind::kDataProblem ||
        !AtTheSameTime(known, finding)) {
      continue;
    }
    const auto now = std::find_if(findings.begin(), findings.end(), [&](const Finding& each) {
      return SameSubject(each, known) && !IsRecovery(each);
    });
    if (now != findings.end() && Raises(*now)) continue;
    const bool is_shadow = now != findings.end() && now->explained_by == finding.id;
    const bool related = finding.slice.IsInside(known.slice) || known.slice.IsInside(finding.slice);
    if (is_shadow || (now == findings.end() && related)) return &*at;
  }
  return nullptr;
}

Incident& IncidentFold::Open(const Finding& finding, Day day) {
  Incident incident;
  const int episode = ++episodes_[FindingId(finding, 1)];
  incident.id = FindingId(finding, episode);
  incident.finding = finding;
  incident.opened_on = day;
  incident.last_seen = day;
  incident.history.push_back({day, IncidentState::kOpened, std::nullopt});
  first_change_[incident.id] = ChangeOf(finding);
  incidents_.push_back(std::move(incident));
  return incidents_.back();
}

void IncidentFold::Update(Incident& incident, const Finding& finding, Day day) {
  const Slice before = incident.finding.slice;
  const bool renamed = before != finding.slice;
  const bool wider = renamed && before.IsInside(finding.slice);
  incident.finding = finding;
  incident.last_seen = day;
  if (renamed) {
    incident.history.push_back({day, incident.state, before});
    if (!wider) first_change_[incident.id] = ChangeOf(finding);
  }
  const bool grows =
      finding.gradual || wider || ChangeOf(finding) >= kGrown * first_change_[incident.id];
  if (!grows || incident.opened_on == day) return;
  // What grew since somebody has seen it is news again, once.
  const bool is_news = incident.state != IncidentState::kAcknowledged || wider ||
                       ChangeOf(finding) >= kGrown * first_change_[incident.id];
  if (!is_news) return;
  MoveTo(incident, IncidentState::kGrowing, day);
  first_change_[incident.id] = std::max(first_change_[incident.id], ChangeOf(finding));
}

void IncidentFold::Judge(const Judgement& judgement, Day day) {
  const auto found = std::find_if(incidents_.begin(), incidents_.end(), [&](const Incident& each) {
    return each.id == judgement.incident;
  });
  if (found == incidents_.end()) return;
  Incident& incident = *found;
  // An alarm can be called false also when it is over by itself.
  const bool may = IsOpen(incident.state) || (judgement.action == JudgementAction::kFalse &&
                                              incident.state != IncidentState::kMerged);
  if (!may) return;
  incident.judgements.push_back(judgement);
  switch (judgement.action) {
    case JudgementAction::kAcknowledge:
      if (!incident.acknowledged_on) incident.acknowledged_on = day;
      MoveTo(incident, IncidentState::kAcknowledged, day);
      return;
    case JudgementAction::kAccept: {
      const Finding& finding = incident.finding;
      accepted_.push_back({finding.kind, finding.stage, finding.slice,
                           finding.since_latest.value_or(finding.since.value_or(day))});
      Close(incident, IncidentState::kAccepted, day);
      // The detectors of rates and exposure start anew: what they say next is news.
      if (finding.kind != FindingKind::kRateShift && finding.kind != FindingKind::kExposureShift) {
        muted_.insert(incident.id);
      }
      return;
    }
    case JudgementAction::kFalse:
      Close(incident, IncidentState::kJudgedFalse, day);
      muted_.insert(incident.id);
      return;
  }
}

// Open incidents that no alert of this look belongs to.
void IncidentFold::LookAfterMissing(std::span<const Finding> findings, Day day) {
  for (Incident& incident : incidents_) {
    if (!IsOpen(incident.state) || incident.last_seen == day) continue;
    const Finding known = incident.finding;
    const auto back = std::find_if(findings.begin(), findings.end(), [&](const Finding& each) {
      return IsRecovery(each) && each.kind == known.kind && each.stage == known.stage &&
             each.slice == known.slice && each.item_slice == known.item_slice &&
             each.direction != known.direction;
    });
    if (back != findings.end()) {
      incident.recovered_on = back->since;
      Close(incident, IncidentState::kRecovered, day);
      muted_.insert(incident.id);
      continue;
    }
    const auto now = std::find_if(findings.begin(), findings.end(), [&](const Finding& each) {
      return SameSubject(each, known) && !IsRecovery(each);
    });
    if (now != findings.end() && now->explained_by) {
      const auto cause =
          std::find_if(incidents_.begin(), incidents_.end(), [&](const Incident& each) {
            return IsOpen(each.state) && each.id != incident.id &&
                   each.finding.id == *now->explained_by;
          });
      if (cause != incidents_.end()) {
        incident.merged_into = cause->id;
        Close(incident, IncidentState::kMerged, day);
        continue;
      }
    }
    if (now != findings.end() && now->level != Level::kInfo) {
      incident.finding = *now;
      incident.last_seen = day;
    } else if (day - incident.last_seen >= kDaysUntilFaded) {
      Close(incident, IncidentState::kFaded, day);
    }
  }
}

void IncidentFold::Step(Day day, std::span<const Finding> findings,
                        std::span<const Judgement> judgements) {
  if (!first_look_) first_look_ = day;
  ++looks_;
  // What is closed and not seen any more may come again.
  for (Incident& incident : incidents_) {
    if (muted_.count(incident.id) == 0) continue;
    const bool seen = std::any_of(findings.begin(), findings.end(), [&](const Finding& each) {
      return SameSubject(each, incident.finding) && !IsRecovery(each);
    });
    if (!seen) muted_.erase(incident.id);
  }
  std::vector<const Finding*> unknown;
  for (const Finding& finding : findings) {
    if (!Raises(finding)) continue;
    if (Incident* same = FindSame(finding, true)) {
      Update(*same, finding, day);
    } else if (FindSame(finding, false) == nullptr) {
      unknown.push_back(&finding);
    }
  }
  for (const Finding* finding : unknown) {
    if (Incident* renamed = FindRenamed(*finding, findings, day)) {
      Update(*renamed, *finding, day);
    } else {
      Open(*finding, day);
    }
  }
  LookAfterMissing(findings, day);
  for (const Judgement& judgement : judgements) Judge(judgement, day);
}

FalseAlarmRecord IncidentFold::Record() const {
  FalseAlarmRecord record;
  record.first_look = first_look_;
  record.looks = looks_;
  for (const Incident& incident : incidents_) {
    if (incident.state == IncidentState::kMerged ||
        incident.finding.kind == FindingKind::kDataProblem) {
      continue;
    }
    ++record.raised;
    const bool is_false = incident.state == IncidentState::kJudgedFalse;
    const bool judged = is_false || incident.state == IncidentState::kAccepted ||
                        incident.state == IncidentState::kRecovered;
    record.judged += judged ? 1 : 0;
    record.judged_false += is_false ? 1 : 0;
  }
  if (record.judged > 0) {
    const auto trials = static_cast<double>(record.judged);
    const auto events = static_cast<double>(record.judged_false);
    record.share = events / trials;
    const stats::RateInterval range = stats::WilsonInterval(*record.share, trials);
    record.low = range.low;
    record.high = range.high;
  }
  return record;
}

std::vector<Incident> IncidentFold::Sorted() const {
  std::vector<Incident> sorted = incidents_;
  std::stable_sort(sorted.begin(), sorted.end(), [](const Incident& a, const Incident& b) {
    if (IsOpen(a.state) != IsOpen(b.state)) return IsOpen(a.state);
    if (a.opened_on != b.opened_on) return a.opened_on > b.opened_on;
    return a.id < b.id;
  });
  return sorted;
}

void MarkDecided(std::span<const Incident> decided, std::vector<Finding>& findings) {
  for (Finding& finding : findings) {
    if (!Raises(finding)) continue;
    for (const Incident& incident : decided) {
      const bool same_change =
          !finding.since || !incident.finding.since || AtTheSameTime(incident.finding, finding);
      if (!SameSubject(incident.finding, finding) || !same_change) continue;
      finding.level = Level::kInfo;
      // A code of the rule that raised it stays.
      if (!finding.code) finding.code = IncidentStateName(incident.state);
      break;
    }
  }
  SortFindings(findings);
}

}  // namespace ripen::monitor
