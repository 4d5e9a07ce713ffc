#include "store/duckdb/read_ahead.h"

namespace ripen::store {
namespace {

constexpr std::size_t kBatches = 8;  // about 4 MB of cells

}  // namespace

ReadAhead::ReadAhead(RowSource& source) : source_(source), read_(kBatches), spare_(kBatches) {
  for (std::size_t i = 0; i < kBatches; ++i) (void)spare_.Send(std::make_unique<TextBatch>());
  thread_ = std::thread([this] { Read(); });
}

ReadAhead::~ReadAhead() {
  read_.Close();
  spare_.Close();
  thread_.join();
}

void ReadAhead::Read() {
  while (std::optional<std::unique_ptr<TextBatch>> batch = spare_.Receive()) {
    const Status status = source_.Next(**batch);
    const bool is_last = !status || (*batch)->rows == 0;
    Result<std::unique_ptr<TextBatch>> item = std::move(*batch);
    if (!status) item = tl::unexpected(status.error());
    if (!read_.Send(std::move(item)) || is_last) return;
  }
}

Result<const TextBatch*> ReadAhead::Next() {
  if (current_ != nullptr) (void)spare_.Send(std::move(current_));
  std::optional<Result<std::unique_ptr<TextBatch>>> item = read_.Receive();
  RIPEN_ASSIGN_OR_RETURN(current_, std::move(*item));
  return current_.get();
}

}  // namespace ripen::store
