// The one place that talks to DuckDB's C API: owned handles, results in columns, rows in chunks.
// Nothing else in Ripen includes duckdb.h.
#pragma once

#include <duckdb.h>

#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <variant>
#include <vector>

#include "base/channel.h"
#include "base/result.h"

namespace ripen::store::duck {

// Whether the message of an error, the engine's or ours, says that there is no space, or that a
// file may not grow any more (ulimit -f).
bool IsFullDisk(std::string_view message);

// A parameter of a prepared statement.
using Value = std::variant<std::monostate, bool, std::int32_t, std::int64_t, std::uint64_t, double,
                           std::string>;

// Column types of the tables we append to.
enum class Type { kBool, kUtinyint, kInteger, kUinteger, kBigint, kUbigint, kDouble, kVarchar };

// Some rows of a result, in columns. Valid as long as it lives, whatever happens to the result.
class Chunk {
 public:
  Chunk() = default;
  Chunk(Chunk&& other) noexcept;
  Chunk& operator=(Chunk&& other) noexcept;
  ~Chunk();

  std::size_t rows() const { return rows_; }
  // Requires: T is the C type of the column.
  template <typename T>
  const T* Column(std::size_t column) const {
    return static_cast<const T*>(data_[column]);
  }
  bool IsNull(std::size_t column, std::size_t row) const {
    const std::uint64_t* validity = validity_[column];
    return validity != nullptr && (validity[row / 64] >> (row % 64) & 1) == 0;
  }
  // A view into the chunk. Requires: a VARCHAR column, not NULL there.
  std::string_view Text(std::size_t column, std::size_t row) const {
    const duckdb_string_t& text = static_cast<const duckdb_string_t*>(data_[column])[row];
    const std::uint32_t length = text.value.inlined.length;
    return {length <= sizeof(text.value.inlined.inlined) ? text.value.inlined.inlined
                                                         : text.value.pointer.ptr,
            length};
  }

 private:
  friend class Rows;
  // Notes where the columns lie: asking the engine for every value would cost more than reading it.
  void Bind();
  duckdb_data_chunk chunk_ = nullptr;
  std::size_t rows_ = 0;
  std::vector<const void*> data_;
  std::vector<const std::uint64_t*> validity_;  // null where no row of the column is NULL
};

// A result that is read once, chunk by chunk.
class Rows {
 public:
  Rows() = default;
  explicit Rows(duckdb_result result);
  Rows(Rows&& other) noexcept;
  Rows& operator=(Rows&& other) noexcept;
  ~Rows();

  // The next chunk, or null at the end; it is kept until the call after. Errors: what the engine
  // says while it goes on reading.
  [[nodiscard]] Result<const Chunk*> Next();
  // The next chunk for the caller to keep; without rows at the end. Errors: as Next.
  [[nodiscard]] Result<Chunk> Take();
  std::size_t column_count() { return duckdb_column_count(&result_); }
  std::string ColumnName(std::size_t column) { return duckdb_column_name(&result_, column); }
  std::int64_t rows_changed() { return static_cast<std::int64_t>(duckdb_rows_changed(&result_)); }

 private:
  void Release();
  duckdb_result result_{};
  bool owned_ = false;
  Chunk chunk_;
};

class Database;

// A connection; statements of one connection see its own transaction. Not thread safe.
class Connection {
 public:
  Connection() = default;
  Connection(Connection&& other) noexcept;
  Connection& operator=(Connection&& other) noexcept;
  ~Connection();

  // Runs one statement (or several without parameters) and keeps its whole result.
  [[nodiscard]] Result<Rows> Query(const std::string& sql, const std::vector<Value>& values = {});
  // Runs one statement whose rows are made while they are fetched, in the order of the source.
  [[nodiscard]] Result<Rows> Stream(const std::string& sql, const std::vector<Value>& values = {});
  [[nodiscard]] Status Run(const std::string& sql, const std::vector<Value>& values = {});
  // The single value of a query that returns one row of one BIGINT.
  [[nodiscard]] Result<std::int64_t> Number(const std::string& sql,
                                            const std::vector<Value>& values = {});
  // Share done of the running statement, 0 where the engine does not know.
  double ShareDone() const;
  duckdb_connection raw() const { return connection_; }

 private:
  friend class Database;
  [[nodiscard]] Result<Rows> Execute(const std::string& sql, const std::vector<Value>& values,
                                     bool stream);
  duckdb_connection connection_ = nullptr;
};

// An open database file. Connections must go before it.
class Database {
 public:
  Database() = default;
  Database(Database&& other) noexcept;
  Database& operator=(Database&& other) noexcept;
  ~Database();
  // Errors: as OpenDuckDb.
  [[nodiscard]] static Result<Database> Open(const std::string& path, std::int64_t memory_limit_mb,
                                             int threads, const std::string& spill_folder);
  [[nodiscard]] Result<Connection> Connect();

 private:
  duckdb_database database_ = nullptr;
};

// Hands full chunks of appenders to the engine on a thread of its own, which compresses and writes
// while the next rows are made. Its appenders share one connection, which nobody else may use until
// they are closed.
class AppendThread {
 public:
  AppendThread();
  AppendThread(const AppendThread&) = delete;
  AppendThread& operator=(const AppendThread&) = delete;
  ~AppendThread();

 private:
  friend class Appender;
  struct FullChunk {
    duckdb_appender appender;
    duckdb_data_chunk chunk;
  };
  void Append();
  // Takes the chunk over. Errors: of a chunk that was sent before.
  [[nodiscard]] Status Send(FullChunk chunk);
  // Waits until everything sent is appended. Errors: the first of any chunk.
  [[nodiscard]] Status Finish();

  Channel<FullChunk> chunks_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::size_t waiting_ = 0;
  Status status_;
  std::thread thread_;
};

// Appends rows to a table of the connection's transaction, a chunk at a time.
class Appender {
 public:
  Appender() = default;
  Appender(Appender&& other) noexcept;
  Appender& operator=(Appender&& other) noexcept;
  ~Appender();
  // With `thread`, which must outlive it, full chunks are appended there.
  [[nodiscard]] static Result<Appender> Open(Connection& connection, const std::string& table,
                                             const std::vector<Type>& types,
                                             AppendThread* thread = nullptr);

  // Fill the current row, column by column, then EndRow. Text is copied.
  template <typename T>
  void Set(std::size_t column, T number) {
    static_cast<T*>(data_[column])[row_] = number;
  }
  void SetText(std::size_t column, std::string_view text) {
    duckdb_vector_assign_string_element_len(vectors_[column], row_, text.data(), text.size());
  }
  void SetNull(std::size_t column) {
    if (validity_[column] == nullptr) MakeValidity(column);
    duckdb_validity_set_row_invalid(validity_[column], row_);
  }
  [[nodiscard]] Status EndRow() { return ++row_ == capacity_ ? FlushChunk() : Status{}; }
  // Hands the last rows over. Without it they are lost.
  [[nodiscard]] Status Close();

 private:
  void MakeValidity(std::size_t column);
  void MakeChunk();
  void BindChunk();
  [[nodiscard]] Status FlushChunk();
  void Release();
  duckdb_appender appender_ = nullptr;
  AppendThread* thread_ = nullptr;
  std::vector<Type> types_;
  duckdb_data_chunk chunk_ = nullptr;
  std::vector<duckdb_vector> vectors_;
  std::vector<void*> data_;
  std::vector<std::uint64_t*> validity_;
  std::size_t row_ = 0;
  std::size_t capacity_ = 0;
};

// A name or a text as SQL, quoted: "a""b" and 'it''s'.
std::string QuotedName(std::string_view name);
std::string QuotedText(std::string_view text);

}  // namespace ripen::store::duck
