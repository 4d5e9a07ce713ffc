#include "sim/text_file.h"

#include <fmt/format.h>

#include <utility>

#include "sim/draws.h"

namespace ripen::sim {
namespace {
constexpr std::size_t kPieceBytes = 1 << 20;
}

Result<TextFile> TextFile::Create(const std::string& path, std::optional<Mess> mess) {
  TextFile text;
  text.path_ = path;
  text.mess_ = mess;
  text.file_.reset(std::fopen(path.c_str(), "wb"));
  if (!text.file_) {
    return Fail(ErrorCode::kUnavailable, fmt::format("simulate: cannot write '{}'.", path));
  }
  text.buffer_.reserve(kPieceBytes + 4096);
  return text;
}

void TextFile::Flush() {
  failed_ |= std::fwrite(buffer_.data(), 1, buffer_.size(), file_.get()) != buffer_.size();
  buffer_.clear();
}

void TextFile::EndLine() {
  buffer_.push_back('\n');
  if (mess_) {
    lines_.push_back(buffer_);
    buffer_.clear();
  } else if (buffer_.size() >= kPieceBytes) {
    Flush();
  }
}

void TextFile::EndHeader() {
  buffer_.push_back('\n');
  Flush();
}

void TextFile::WriteMessyLines() {
  Draws draws(mess_->seed, mess_->stream, 0);
  const std::size_t originals = lines_.size();
  for (std::size_t index = 0; index < originals; ++index) {
    if (draws.Chance(mess_->duplicate_share)) lines_.push_back(lines_[index]);
  }
  duplicates_ = static_cast<std::int64_t>(lines_.size() - originals);
  for (std::size_t left = lines_.size(); left > 1; --left) {
    std::swap(lines_[left - 1],
              lines_[static_cast<std::size_t>(draws.Below(static_cast<std::int64_t>(left)))]);
  }
  for (const std::string& line : lines_) {
    buffer_ += line;
    if (buffer_.size() >= kPieceBytes) Flush();
  }
}

Status TextFile::Close() {
  if (mess_) WriteMessyLines();
  Flush();
  failed_ |= std::fclose(file_.release()) != 0;
  if (failed_) {
    return Fail(
        ErrorCode::kUnavailable,
        fmt::format("simulate: '{}' could not be written to its end; is the disk full?", path_));
  }
  return {};
}

void AppendPadded(std::string& out, std::int64_t value, int width) {
  const fmt::format_int digits(value);
  const auto count = static_cast<int>(digits.size());
  if (count < width) out.append(static_cast<std::size_t>(width - count), '0');
  out.append(digits.data(), digits.size());
}

}  // namespace ripen::sim
