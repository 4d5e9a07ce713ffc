// The wall clock: only what comes in live is dated by it, never a file's rows.
#pragma once

#include <chrono>

#include "base/day.h"

namespace ripen::engine {

inline Moment Now() {
  const auto since_epoch = std::chrono::system_clock::now().time_since_epoch();
  return Moment(std::chrono::duration_cast<std::chrono::microseconds>(since_epoch).count());
}

}  // namespace ripen::engine
