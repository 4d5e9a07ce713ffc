// Reads a source on a thread of its own, some batches ahead of the one who checks them: cutting a
// file into cells and checking the cells take about equally long.
#pragma once

#include <memory>
#include <thread>

#include "base/channel.h"
#include "store/duckdb/row_source.h"

namespace ripen::store {

class ReadAhead {
 public:
  // Starts to read. Requires: until it goes nobody else uses the source (but for ShareDone) or its
  // connection.
  explicit ReadAhead(RowSource& source);
  ReadAhead(const ReadAhead&) = delete;
  ReadAhead& operator=(const ReadAhead&) = delete;
  ~ReadAhead();

  // The next batch, in the order of the file; its views hold until the next call. It has no rows at
  // the end. Errors: as RowSource::Next.
  [[nodiscard]] Result<const TextBatch*> Next();

 private:
  void Read();

  RowSource& source_;
  Channel<Result<std::unique_ptr<TextBatch>>> read_;
  Channel<std::unique_ptr<TextBatch>> spare_;  // batches to fill again
  std::unique_ptr<TextBatch> current_;
  std::thread thread_;
};

}  // namespace ripen::store
