// Serves an engine until Ctrl-C, for `serve` and `demo`.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"
#include "engine/engine.h"

namespace ripen::cli {

struct ServingOptions {
  std::string listen = "127.0.0.1:8484";  // HOST:PORT; port 0 = any free one
  std::string ui_dir;                     // a built dashboard instead of the embedded one
  std::string store;                      // whose S.server is written; empty = none
  bool any_port = false;                  // take another port where this one is taken
  std::string watch;                      // a folder whose new files are read; empty = none
  bool watch_history = false;             // their own times count, not the moment of receipt
  bool log = false;                       // one line for each answer on stderr
};

// Prints the address in a sentence on stdout as soon as questions are answered, and returns after
// Ctrl-C or SIGTERM. Errors: kInvalidArgument for a host that is not this machine or a bad port;
// kFailedPrecondition when the port is taken.
[[nodiscard]] Status ServeUntilStopped(engine::Engine& engine, const ServingOptions& options);

}  // namespace ripen::cli
