// Plays a history of events into an engine day by day, so that one can watch numbers settle.
#pragma once

#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "base/result.h"
#include "engine/engine.h"

namespace ripen::cli {

class DayReplay {
 public:
  // Reads NDJSON events and takes the days up to `first_days` into the engine at once. Errors:
  // those of reading the file and of TakeEvents. `engine` must outlive it.
  [[nodiscard]] static Result<std::unique_ptr<DayReplay>> Begin(engine::Engine& engine,
                                                                const std::string& events_file,
                                                                int first_days, int day_seconds);
  ~DayReplay();
  DayReplay(const DayReplay&) = delete;
  DayReplay& operator=(const DayReplay&) = delete;

  // Goes on with a day every `day_seconds`, on a thread of its own.
  void Start();

 private:
  DayReplay(engine::Engine& engine, int day_seconds) : engine_(engine), day_seconds_(day_seconds) {}
  [[nodiscard]] Status Take(const std::string& lines);
  void Run();

  engine::Engine& engine_;
  const int day_seconds_;
  std::map<std::string, std::string> days_;  // those to come: day -> lines
  std::mutex mutex_;
  std::condition_variable ended_;
  bool over_ = false;  // under mutex_
  std::thread thread_;
};

}  // namespace ripen::cli
