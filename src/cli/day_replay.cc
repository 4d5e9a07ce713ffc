#include "cli/day_replay.h"

#include <fmt/format.h>

#include <chrono>
#include <fstream>
#include <utility>

#include "cli/terminal.h"
#include "sim/events_json.h"

namespace ripen::cli {
Result<std::unique_ptr<DayReplay>> DayReplay::Begin(engine::Engine& engine,
                                                    const std::string& events_file, int first_days,
                                                    int day_seconds) {
  std::unique_ptr<DayReplay> replay(new DayReplay(engine, day_seconds));
  std::ifstream file(events_file);
  for (std::string line; std::getline(file, line);) {
    replay->days_[sim::DayOfEvent(line)] += line + "\n";
  }
  if (replay->days_.empty()) {
    return Fail(ErrorCode::kNotFound, fmt::format("{} holds no events to replay.", events_file));
  }
  std::string first;
  for (int day = 0; day < first_days && !replay->days_.empty(); ++day) {
    first += replay->days_.begin()->second;
    replay->days_.erase(replay->days_.begin());
  }
  RIPEN_RETURN_IF_ERROR(replay->Take(first));
  return replay;
}

DayReplay::~DayReplay() {
  {
    const std::lock_guard lock(mutex_);
    over_ = true;
  }
  ended_.notify_all();
  if (thread_.joinable()) thread_.join();
}

Status DayReplay::Take(const std::string& lines) {
  const auto taken = engine_.TakeEvents({lines, false, true});
  if (!taken) return tl::unexpected<Error>(taken.error());
  return {};
}

void DayReplay::Start() {
  thread_ = std::thread([this] { Run(); });
}

void DayReplay::Run() {
  for (const auto& [day, lines] : days_) {
    {
      std::unique_lock lock(mutex_);
      ended_.wait_for(lock, std::chrono::seconds(day_seconds_), [this] { return over_; });
      if (over_) return;
    }
    if (const Status taken = Take(lines); !taken) {
      Refuse(taken.error());
      return;
    }
    Say(fmt::format("It is the evening of {}.", day));
  }
  Say("The replay is over; what came in stays as it is.");
}

}  // namespace ripen::cli
