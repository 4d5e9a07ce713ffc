// Who may ask: the loopback rules that stand in for a login until there are tokens.
//
// A page of another site, open in the same browser, can send requests to 127.0.0.1 and, with DNS
// rebinding, read the answers. The Host rule stops the second, Origin and Sec-Fetch-Site the first,
// and the X-Ripen header with a content type that no form can send stops writing without a
// preflight that is never granted.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "server/exchange.h"
#include "server/problem.h"

namespace ripen::server {

// "127.0.0.1", "::1", "localhost" or another address of 127.0.0.0/8; any case.
bool IsLoopbackName(std::string_view host);

// Whether the method may change something: everything but GET, HEAD and OPTIONS.
bool Writes(std::string_view method);

// The problem that keeps `request` out; nullopt lets it pass. `port` is the one listened on.
std::optional<Problem> Refusal(const Request& request, std::uint16_t port);

}  // namespace ripen::server
