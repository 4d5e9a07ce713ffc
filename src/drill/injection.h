// A change put into a copy of the counts: outcomes of a group taken out, or put in, from a day on.
//
// Model. A fall by f takes out every outcome of the group shown from the start day on with
// probability f, a rise by f lets every recommendation without an outcome have one with probability
// p f / (1 - p), where p is the cell's rate (drawn towards the group's by 20 trials), at a delay
// drawn from the settled outcomes: the rate becomes p (1 + f) and the delays stay. Cost of being
// wrong. A p too high by a tenth makes a rise a tenth too large. Fails when. The real change would
// come gradually, or change the delays too. Every outcome has one number that decides at which
// sizes it is concerned, so that what a small change takes a larger one takes too. Each family of
// the cube holds the same records: an outcome taken from a base cell is taken from one further cell
// of the same base cell, day shown, base day and delay, chosen among its outcomes at random, so
// that all families agree; an outcome put in goes to a further cell by how much it was shown.
// Retractions are thinned like outcomes, without regard to which outcome they take back. Source.
// Thinning of a Poisson process, Kingman 1993, Poisson Processes, section 5.1. Worked value. A
// fall by .25 of 400 outcomes leaves 300, standard deviation sqrt(400 x .25 x .75) = 8.66.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <tuple>
#include <vector>

#include "cube/snapshot.h"
#include "drill/target.h"

namespace ripen::drill {

// One outcome (or retraction) to be taken out or put in, and the size from which on it is.
struct Unit {
  std::uint32_t family = 0;
  cube::CountRow row;  // its place; gained is 1, or lost is 1
  double size = 0;     // of the change, as a share: .25
};

// Everything that a change may do, by family and place.
struct Injection {
  bool rise = false;
  std::vector<Unit> units;
};

class Injector {
 public:
  // `largest`: the change of largest size that will be asked for, with its sign. Keeps a reference
  // to the snapshot. Cost: the snapshot's rows.
  Injector(const cube::Snapshot& snapshot, const Target& target, double largest);

  // The group's rate over the history, completed where outcomes are still to come.
  double rate() const { return rate_; }

  // Draws what changes of all sizes do from `start` on. The same seed and run give the same.
  Injection Draw(Day start, std::uint64_t seed, std::uint64_t run) const;

 private:
  using Place = std::tuple<std::int32_t, Day, std::int32_t, std::int32_t>;
  // Recommendations, or base events, of one cell and base day.
  struct Trials {
    std::int32_t cell = 0;  // of the group's own family
    std::int32_t base_cell = 0;
    Day shown;
    std::int32_t base_offset = 0;
    double trials = 0;
    double events = 0;
  };
  struct Choice {
    std::int32_t cell = 0;
    double weight = 0;
  };

  std::vector<std::int32_t> BaseCellsOf(const cube::Family& family) const;
  void JoinRows();
  void LearnDelays();
  void CountTrials();
  void Thin(Day start, class Shuffler& draws, Injection& injection) const;
  void Fill(Day start, class Shuffler& draws, Injection& injection) const;
  const std::vector<cube::CountRow>& Rows(std::size_t family) const {
    return snapshot_.families[family].stages[target_.stage];
  }

  const cube::Snapshot& snapshot_;
  const Target& target_;
  double largest_;
  double rate_ = 0;
  std::vector<std::vector<std::int32_t>> base_cell_;  // by family and cell
  // By further family and row of the base family: its rows of the same place.
  std::vector<std::vector<std::vector<std::uint32_t>>> joined_;
  std::vector<double> arrives_;    // by delay: the share of outcomes that arrive at it
  std::vector<double> has_come_;   // by age: the share that has
  std::vector<Trials> trials_;     // of the group
  std::vector<double> cell_rate_;  // by cell of the group's own family
  // By further family and place (base cell, shown, base offset, 0): whom a new outcome may concern.
  std::vector<std::map<Place, std::vector<Choice>>> choices_;
};

// The snapshot with a change of this size, from 0 to the Injector's largest.
cube::Snapshot Apply(const cube::Snapshot& snapshot, std::size_t stage, const Injection& injection,
                     double size);

}  // namespace ripen::drill
