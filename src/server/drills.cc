#include "server/drills.h"

#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <utility>

#include "server/query.h"
#include "wording/drill_text.h"
#include "wording/phrasebook.h"

namespace ripen::server {
namespace {

json::DrillWords WordsOf(const DrillReport& report, std::string_view language) {
  wording::DrillText text = wording::RenderDrill(report, wording::Phrasebook::For(language));
  return {std::move(text.headline), std::move(text.details), std::move(text.table)};
}

// Our code does not throw, but the engine stands on libraries that may.
Result<DrillReport> Ask(EngineView& engine, const DrillRequest& request,
                        const drill::Progress& progress) {
  try {
    return engine.Drill(request, progress);
  } catch (const std::exception& error) {
    return Fail(ErrorCode::kInternal,
                fmt::format("The drill could not be made: {}.", Printable(error.what())));
  }
}

}  // namespace

Drills::Drills(std::shared_ptr<EngineView> engine)
    : engine_(std::move(engine)), worker_([this] { Work(); }) {}

Drills::~Drills() {
  {
    const std::lock_guard lock(mutex_);
    closed_ = true;
  }
  changed_.notify_all();
  worker_.join();
}

Outcome<std::string> Drills::Post(std::string_view body) {
  auto request = json::ParseDrillRequest(body);
  if (!request) return tl::unexpected<Problem>(ProblemOf(request.error()));
  const std::lock_guard lock(mutex_);
  const auto waiting = std::count_if(entries_.begin(), entries_.end(), [](const Entry& entry) {
    return entry.state.state == "waiting";
  });
  if (static_cast<std::size_t>(waiting) >= kMostWaitingDrills) {
    return tl::unexpected<Problem>(
        Problem{503, ErrorCode::kUnavailable,
                fmt::format("{} drills wait already; try again when one is done.", waiting), ""});
  }
  Entry entry;
  entry.state.id = std::to_string(++last_id_);
  entry.state.state = "waiting";
  entry.request = std::move(*request);
  entries_.push_back(std::move(entry));
  changed_.notify_all();
  return json::DrillAnswerJson(entries_.back().state);
}

Outcome<std::string> Drills::Get(std::string_view id) const {
  const std::lock_guard lock(mutex_);
  const Entry* entry = Find(id);
  if (entry != nullptr) return json::DrillAnswerJson(entry->state);
  return tl::unexpected<Problem>(Problem{
      404, ErrorCode::kNotFound,
      fmt::format("There is no drill '{}'; the last {} are kept.", Printable(id), kDrillsKept),
      ""});
}

const Drills::Entry* Drills::Find(std::string_view id) const {
  const auto found = std::find_if(entries_.begin(), entries_.end(),
                                  [&](const Entry& entry) { return entry.state.id == id; });
  return found == entries_.end() ? nullptr : &*found;
}

Drills::Entry* Drills::Find(std::string_view id) {
  return const_cast<Entry*>(std::as_const(*this).Find(id));
}

void Drills::Work() {
  std::unique_lock lock(mutex_);
  while (true) {
    const auto next = std::find_if(entries_.begin(), entries_.end(), [](const Entry& entry) {
      return entry.state.state == "waiting";
    });
    if (closed_) return;
    if (next == entries_.end()) {
      changed_.wait(lock);
      continue;
    }
    next->state.state = "running";
    const std::string id = next->state.id;
    const DrillRequest request = next->request;
    lock.unlock();
    Result<DrillReport> report = Ask(*engine_, request, [&](double share_done) {
      const std::lock_guard progress_lock(mutex_);
      if (Entry* entry = Find(id)) entry->state.progress = share_done;
      return !closed_;
    });
    lock.lock();
    Finish(id, std::move(report));
  }
}

void Drills::Finish(const std::string& id, Result<DrillReport> report) {
  Entry* entry = Find(id);
  entry->state.state = report ? "done" : "failed";
  if (report) {
    entry->state.progress = 1;
    entry->state.result = json::DrillJson(*report, WordsOf(*report, "en"), WordsOf(*report, "de"));
  } else {
    entry->state.reason = report.error().message;
  }
  std::size_t finished = 0;
  for (const Entry& each : entries_)
    finished += each.state.state == "done" || each.state.state == "failed";
  // The oldest go first; those that wait or are worked on are newer than every finished one.
  for (; finished > kDrillsKept; --finished) entries_.pop_front();
}

}  // namespace ripen::server
