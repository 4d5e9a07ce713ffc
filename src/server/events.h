// POST /api/v1/events: events as they come in.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "server/engine_view.h"
#include "server/exchange.h"
#include "server/problem.h"
#include "server/query.h"

namespace ripen::server {

constexpr std::string_view kEventsPath = "/api/v1/events";
constexpr std::string_view kStreamPath = "/api/v1/stream";
// The largest body; over it the connection is cut.
constexpr std::size_t kMostEventBytes = std::size_t{64} << 20;

// The query parameters of the route.
const std::vector<std::string_view>& EventParameters();

// Stores the body's events and says, after the commit, what became of them. Errors: 400 for an
// encoding that is not gzip or a wrong parameter; 413 for too much when unpacked; 422 where nothing
// of it can be used.
[[nodiscard]] Outcome<std::string> PostEvents(EngineView& engine, const Request& request,
                                              const Parameters& parameters);

}  // namespace ripen::server
