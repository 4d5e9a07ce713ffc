// POST /api/v1/drills and GET /api/v1/drills/{id}: drills are worked on one after the other, behind
// the requests.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

#include "json/drill_json.h"
#include "server/engine_view.h"
#include "server/problem.h"

namespace ripen::server {

constexpr std::string_view kDrillsPath = "/api/v1/drills";
constexpr std::size_t kMostWaitingDrills = 8;
constexpr std::size_t kDrillsKept = 16;  // finished ones, besides those that wait

// Thread safety: all functions may be called from any thread.
class Drills {
 public:
  explicit Drills(std::shared_ptr<EngineView> engine);
  ~Drills();  // ends the drill under way and waits for it
  Drills(const Drills&) = delete;
  Drills& operator=(const Drills&) = delete;

  // Takes a drill and answers its state. Errors: 400 for a body that asks for none; 503 where eight
  // wait already.
  [[nodiscard]] Outcome<std::string> Post(std::string_view body);
  // The state of a drill. Errors: 404 for an id that was never given, or is kept no longer.
  [[nodiscard]] Outcome<std::string> Get(std::string_view id) const;

 private:
  struct Entry {
    json::DrillState state;
    DrillRequest request;
  };
  void Work();
  // Requires mutex_.
  Entry* Find(std::string_view id);
  const Entry* Find(std::string_view id) const;
  void Finish(const std::string& id, Result<DrillReport> report);

  std::shared_ptr<EngineView> engine_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Entry> entries_;  // oldest first
  std::int64_t last_id_ = 0;
  bool closed_ = false;
  std::thread worker_;
};

}  // namespace ripen::server
