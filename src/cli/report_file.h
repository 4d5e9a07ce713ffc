// The drawn pages as one file that needs nothing else.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace ripen::cli {

// The bytes of one of the dashboard's files by its name ("index-D3f9a1c0.css"); nullopt: unknown.
using AssetOf = std::function<std::optional<std::string>(std::string_view name)>;

// `drawn`: the document as Chromium has it once the pages stand. Programs and links to files are
// taken out, styles and their fonts put in, and a policy that forbids everything from outside.
std::string SelfContained(std::string_view drawn, const AssetOf& asset);

}  // namespace ripen::cli
