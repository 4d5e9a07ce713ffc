// Folds looks into incidents, one look a day in order: the same looks and judgements give the same
// incidents, whenever they are folded.
//
// An alert that is nobody's shadow opens an incident. Each later look finds it again by kind,
// stage, group and direction; where the group is named anew (the total on the first day, 25-34 on
// the next), the incident follows. It ends when the mirror detector says so, when it is accepted or
// judged false, when it turns out to be another's shadow, or when its evidence stays away for a
// week. What was accepted or judged false does not open again before it has been gone.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "model/config.h"
#include "model/incident.h"

namespace ripen::monitor {

class IncidentFold {
 public:
  // Days must rise. `findings`: all of the look of `day`; `judgements`: those given about it, in
  // the order of their moments. Judgements of unknown or ended incidents are passed over.
  void Step(Day day, std::span<const Finding> findings, std::span<const Judgement> judgements);

  // What the next look must take as given.
  const std::vector<AcceptedChange>& accepted() const { return accepted_; }
  // By opening; ended ones included.
  const std::vector<Incident>& incidents() const { return incidents_; }
  FalseAlarmRecord Record() const;
  // As a reader wants them: open ones first, then the newest.
  std::vector<Incident> Sorted() const;

 private:
  Incident* FindSame(const Finding& finding, bool open);
  Incident* FindRenamed(const Finding& finding, std::span<const Finding> findings, Day day);
  Incident& Open(const Finding& finding, Day day);
  void Update(Incident& incident, const Finding& finding, Day day);
  void Judge(const Judgement& judgement, Day day);
  void LookAfterMissing(std::span<const Finding> findings, Day day);
  static void MoveTo(Incident& incident, IncidentState state, Day day);
  static void Close(Incident& incident, IncidentState state, Day day);

  std::vector<Incident> incidents_;
  std::vector<AcceptedChange> accepted_;
  std::map<std::string, int> episodes_;         // by finding id of the first episode
  std::map<std::string, double> first_change_;  // by incident: after - before when it opened
  std::set<std::string> muted_;                 // ended ones that go on being seen
  std::optional<Day> first_look_;
  std::int64_t looks_ = 0;
};

// Alerts of a look that somebody has decided about are no alerts any more: they become `info`, with
// the state as their code ("accepted", "judged_false"). `decided`: incidents in one of these
// states.
void MarkDecided(std::span<const Incident> decided, std::vector<Finding>& findings);

}  // namespace ripen::monitor
