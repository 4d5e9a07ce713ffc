// The incidents of a store: one look for every local midnight, folded in order.
//
// What a look said is kept in the store, so that only days are looked at that were not looked at
// yet or on which something else is known by now. A look is a pure function of what was known on
// its day and of what had been accepted before it: whether the server ran on that day, or the store
// was made anew yesterday, the incidents are the same.
#pragma once

#include <functional>
#include <mutex>
#include <vector>

#include "base/result.h"
#include "ledger/store.h"
#include "model/config.h"
#include "monitor/incidents.h"

namespace ripen::engine {

class IncidentBook {
 public:
  // `imports`: counts the imports; read while `store_mutex` is held. All must outlive the book.
  IncidentBook(std::mutex& store_mutex, const Config& config,
               std::function<std::uint64_t()> imports)
      : store_mutex_(store_mutex), config_(config), imports_(std::move(imports)) {}

  // Whether a call waits until another has taken its looks, or for two seconds at most.
  enum class WhenBusy { kWait, kRefuse };
  // All looks from the first day with enough cohorts to `last`, and what was decided about them.
  // Cost: a snapshot and a look for every day that is not kept. Errors: those of the store;
  // kUnavailable where another call takes looks and this one shall not wait for it.
  [[nodiscard]] Result<monitor::IncidentFold> FoldUpTo(ledger::Store& store, Day first_day,
                                                       Day last,
                                                       WhenBusy when_busy = WhenBusy::kWait);

 private:
  struct Kept;
  [[nodiscard]] Result<Kept> ReadKept(ledger::Store& store);
  // A look at a day that is not kept.
  struct Fresh {
    std::vector<Finding> findings;
    std::uint64_t imports = 0;  // as they were when its counts were read
  };
  [[nodiscard]] Result<Fresh> LookAt(ledger::Store& store, Day day,
                                     const std::vector<AcceptedChange>& accepted,
                                     std::vector<Annotation> annotations);
  std::string Fingerprint() const;

  std::mutex& store_mutex_;
  const Config& config_;
  const std::function<std::uint64_t()> imports_;
  std::timed_mutex mutex_;
};

}  // namespace ripen::engine
