#include "engine/event_file.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <utility>

#include "store/unpack.h"

namespace ripen::engine {
namespace {

constexpr std::int64_t kMostUnpackedBytes = std::int64_t{512} << 20;

}  // namespace

Result<EventFile> EventFile::Write(std::string_view body, bool gzip) {
  if (body.empty()) {
    return Fail(ErrorCode::kInvalidArgument, "The body is empty; it must hold NDJSON events.");
  }
  RIPEN_ASSIGN_OR_RETURN(TemporaryFolder folder, TemporaryFolder::Make());
  std::string path = folder.path() + "/events.ndjson";
  if (gzip) {
    RIPEN_RETURN_IF_ERROR(store::UnpackGzip(body, path, kMostUnpackedBytes));
    return EventFile(std::move(folder), std::move(path));
  }
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "wbx"),
                                                             std::fclose);
  if (!file || std::fwrite(body.data(), 1, body.size(), file.get()) != body.size() ||
      std::fflush(file.get()) != 0) {
    return Fail(ErrorCode::kUnavailable,
                fmt::format("The events could not be kept in {}: {}.", path, std::strerror(errno)));
  }
  return EventFile(std::move(folder), std::move(path));
}

}  // namespace ripen::engine
