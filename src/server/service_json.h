// The answers about the server itself.
#pragma once

#include <string>

namespace ripen::server {

std::string HealthJson();
std::string ReadinessJson();

}  // namespace ripen::server
