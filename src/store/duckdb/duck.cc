#include "store/duckdb/duck.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <optional>
#include <utility>

#include "base/check.h"

namespace ripen::store::duck {
namespace {

bool Contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

// The process id in DuckDB's "Conflicting lock is held in ... (PID 123)".
std::string PidIn(std::string_view message) {
  const std::size_t at = message.find("(PID ");
  if (at == std::string_view::npos) return "";
  const std::size_t end = message.find(')', at);
  return std::string(message.substr(at + 5, end - at - 5));
}

tl::unexpected<Error> Translate(const char* text, const std::string& where) {
  const std::string message = text == nullptr ? "no message" : text;
  if (IsFullDisk(message)) {
    return Fail(ErrorCode::kUnavailable,
                "The disk is full; nothing of this import was stored. Free some space and try "
                "again.");
  }
  if (Contains(message, "Out of Memory") || Contains(message, "failed to allocate")) {
    if (Contains(message, "max_temp_directory_size") || Contains(message, "temp_directory")) {
      return Fail(ErrorCode::kUnavailable,
                  fmt::format("There is no room on the disk for the store's temporary data; "
                              "nothing of this import was stored ({}).",
                              message));
    }
    return Fail(ErrorCode::kUnavailable,
                fmt::format("The store's memory limit is too small for this step; nothing of it "
                            "was stored ({}).",
                            message));
  }
  return Fail(ErrorCode::kInternal, fmt::format("{}: {}", where, message));
}

void Bind(duckdb_prepared_statement statement, idx_t index, const Value& value) {
  struct Visitor {
    duckdb_prepared_statement statement;
    idx_t index;
    void operator()(std::monostate) const { duckdb_bind_null(statement, index); }
    void operator()(bool flag) const { duckdb_bind_boolean(statement, index, flag); }
    void operator()(std::int32_t number) const { duckdb_bind_int32(statement, index, number); }
    void operator()(std::int64_t number) const { duckdb_bind_int64(statement, index, number); }
    void operator()(std::uint64_t number) const { duckdb_bind_uint64(statement, index, number); }
    void operator()(double number) const { duckdb_bind_double(statement, index, number); }
    void operator()(const std::string& text) const {
      duckdb_bind_varchar_length(statement, index, text.data(), text.size());
    }
  };
  std::visit(Visitor{statement, index}, value);
}

duckdb_type RawType(Type type) {
  switch (type) {
    case Type::kBool: return DUCKDB_TYPE_BOOLEAN;
    case Type::kUtinyint: return DUCKDB_TYPE_UTINYINT;
    case Type::kInteger: return DUCKDB_TYPE_INTEGER;
    case Type::kUinteger: return DUCKDB_TYPE_UINTEGER;
    case Type::kBigint: return DUCKDB_TYPE_BIGINT;
    case Type::kUbigint: return DUCKDB_TYPE_UBIGINT;
    case Type::kDouble: return DUCKDB_TYPE_DOUBLE;
    case Type::kVarchar: return DUCKDB_TYPE_VARCHAR;
  }
  return DUCKDB_TYPE_INVALID;
}

// Rows wait in memory for the engine: about half a megabyte a chunk.
constexpr std::size_t kChunksWaiting = 128;

// Whether there is a file that is no database: the engine would show it as a table of a database in
// memory, and what is written there would be gone.
bool IsForeignFile(const std::string& path) {
  constexpr std::string_view kMagic = "DUCK";
  constexpr std::size_t kMagicAt = 8;
  std::ifstream file(path, std::ios::binary);
  std::array<char, kMagicAt + kMagic.size()> head{};
  file.read(head.data(), head.size());
  const auto bytes = static_cast<std::size_t>(file.gcount());
  return bytes > 0 &&
         std::string_view(head.data(), bytes).substr(std::min(bytes, kMagicAt)) != kMagic;
}

tl::unexpected<Error> NotAStore(const std::string& path) {
  return Fail(ErrorCode::kDataLoss,
              fmt::format("The file {} is not a store of Ripen, or it is damaged.", path));
}

std::string Quoted(std::string_view text, char quote) {
  std::string quoted(1, quote);
  for (const char c : text) {
    if (c == quote) quoted += quote;
    quoted += c;
  }
  return quoted + quote;
}

}  // namespace

bool IsFullDisk(std::string_view message) {
  return Contains(message, "No space left on device") || Contains(message, "ENOSPC") ||
         Contains(message, "File too large") || Contains(message, "The disk is full");
}

Chunk::Chunk(Chunk&& other) noexcept { *this = std::move(other); }
Chunk& Chunk::operator=(Chunk&& other) noexcept {
  std::swap(chunk_, other.chunk_);
  std::swap(rows_, other.rows_);
  std::swap(data_, other.data_);
  std::swap(validity_, other.validity_);
  return *this;
}
Chunk::~Chunk() {
  if (chunk_ != nullptr) duckdb_destroy_data_chunk(&chunk_);
}

void Chunk::Bind() {
  rows_ = duckdb_data_chunk_get_size(chunk_);
  const std::size_t columns = duckdb_data_chunk_get_column_count(chunk_);
  data_.resize(columns);
  validity_.resize(columns);
  for (std::size_t i = 0; i < columns; ++i) {
    duckdb_vector vector = duckdb_data_chunk_get_vector(chunk_, i);
    data_[i] = duckdb_vector_get_data(vector);
    validity_[i] = duckdb_vector_get_validity(vector);
  }
}

Rows::Rows(duckdb_result result) : result_(result), owned_(true) {}
Rows::Rows(Rows&& other) noexcept { *this = std::move(other); }
Rows& Rows::operator=(Rows&& other) noexcept {
  Release();
  result_ = other.result_;
  chunk_ = std::move(other.chunk_);
  owned_ = std::exchange(other.owned_, false);
  return *this;
}
Rows::~Rows() { Release(); }

void Rows::Release() {
  chunk_ = Chunk();
  if (owned_) duckdb_destroy_result(&result_);
  owned_ = false;
}

Result<Chunk> Rows::Take() {
  Chunk chunk;
  chunk.chunk_ = duckdb_fetch_chunk(result_);
  if (chunk.chunk_ == nullptr) {
    const char* error = duckdb_result_error(&result_);
    if (error != nullptr && *error != '\0') return Translate(error, "Reading rows");
    return chunk;
  }
  chunk.Bind();
  return chunk;
}

Result<const Chunk*> Rows::Next() {
  chunk_ = Chunk();
  RIPEN_ASSIGN_OR_RETURN(chunk_, Take());
  return chunk_.rows() == 0 ? nullptr : &chunk_;
}

Connection::Connection(Connection&& other) noexcept
    : connection_(std::exchange(other.connection_, nullptr)) {}
Connection& Connection::operator=(Connection&& other) noexcept {
  std::swap(connection_, other.connection_);
  return *this;
}
Connection::~Connection() {
  if (connection_ != nullptr) duckdb_disconnect(&connection_);
}

Result<Rows> Connection::Execute(const std::string& sql, const std::vector<Value>& values,
                                 bool stream) {
  duckdb_prepared_statement statement = nullptr;
  if (duckdb_prepare(connection_, sql.c_str(), &statement) == DuckDBError) {
    auto error = Translate(duckdb_prepare_error(statement), sql);
    duckdb_destroy_prepare(&statement);
    return error;
  }
  for (std::size_t i = 0; i < values.size(); ++i) Bind(statement, i + 1, values[i]);
  duckdb_result result{};
  duckdb_state state = DuckDBSuccess;
  if (stream) {
    duckdb_pending_result pending = nullptr;
    state = duckdb_pending_prepared_streaming(statement, &pending);
    if (state == DuckDBError) {
      auto error = Translate(duckdb_pending_error(pending), sql);
      duckdb_destroy_pending(&pending);
      duckdb_destroy_prepare(&statement);
      return error;
    }
    state = duckdb_execute_pending(pending, &result);
    duckdb_destroy_pending(&pending);
  } else {
    state = duckdb_execute_prepared(statement, &result);
  }
  duckdb_destroy_prepare(&statement);
  if (state == DuckDBError) {
    auto error = Translate(duckdb_result_error(&result), sql);
    duckdb_destroy_result(&result);
    return error;
  }
  return Rows(result);
}

Result<Rows> Connection::Query(const std::string& sql, const std::vector<Value>& values) {
  if (!values.empty()) return Execute(sql, values, false);
  duckdb_result result{};
  if (duckdb_query(connection_, sql.c_str(), &result) == DuckDBError) {
    auto error = Translate(duckdb_result_error(&result), sql);
    duckdb_destroy_result(&result);
    return error;
  }
  return Rows(result);
}

Result<Rows> Connection::Stream(const std::string& sql, const std::vector<Value>& values) {
  return Execute(sql, values, true);
}

Status Connection::Run(const std::string& sql, const std::vector<Value>& values) {
  RIPEN_ASSIGN_OR_RETURN(const Rows rows, Query(sql, values));
  return {};
}

Result<std::int64_t> Connection::Number(const std::string& sql, const std::vector<Value>& values) {
  RIPEN_ASSIGN_OR_RETURN(Rows rows, Query(sql, values));
  RIPEN_ASSIGN_OR_RETURN(const Chunk* chunk, rows.Next());
  if (chunk == nullptr || chunk->rows() != 1 || chunk->IsNull(0, 0)) {
    return Fail(ErrorCode::kInternal, fmt::format("{}: expected one number", sql));
  }
  return chunk->Column<std::int64_t>(0)[0];
}

double Connection::ShareDone() const {
  const double percent = duckdb_query_progress(connection_).percentage;
  return percent > 0 ? percent / 100 : 0;
}

Database::Database(Database&& other) noexcept
    : database_(std::exchange(other.database_, nullptr)) {}
Database& Database::operator=(Database&& other) noexcept {
  std::swap(database_, other.database_);
  return *this;
}
Database::~Database() {
  if (database_ != nullptr) duckdb_close(&database_);
}

Result<Database> Database::Open(const std::string& path, std::int64_t memory_limit_mb, int threads,
                                const std::string& spill_folder) {
  if (path != ":memory:" && IsForeignFile(path)) return NotAStore(path);
  duckdb_config config = nullptr;
  duckdb_create_config(&config);
  const std::array<std::pair<const char*, std::string>, 7> settings = {{
      {"memory_limit", fmt::format("{}MB", memory_limit_mb)},
      {"threads", fmt::format("{}", threads)},
      {"preserve_insertion_order", "false"},  // but while files are read, for their line numbers
      {"autoinstall_known_extensions", "false"},
      {"autoload_known_extensions", "false"},
      {"temp_directory", spill_folder},
      {"allocator_background_threads", "false"},
  }};
  for (const auto& [name, value] : settings) {
    if (duckdb_set_config(config, name, value.c_str()) == DuckDBError) {
      duckdb_destroy_config(&config);
      return Fail(ErrorCode::kInternal, fmt::format("DuckDB refuses {} = {}.", name, value));
    }
  }
  Database database;
  char* message = nullptr;
  const duckdb_state state = duckdb_open_ext(path == ":memory:" ? nullptr : path.c_str(),
                                             &database.database_, config, &message);
  duckdb_destroy_config(&config);
  if (state == DuckDBSuccess) return database;
  const std::string text = message == nullptr ? "no message" : message;
  if (message != nullptr) duckdb_free(message);
  if (Contains(text, "Could not set lock") || Contains(text, "lock is held")) {
    const std::string pid = PidIn(text);
    return Fail(ErrorCode::kFailedPrecondition,
                fmt::format("The store {} is held by another process{}; only one may have it open.",
                            path, pid.empty() ? "" : fmt::format(" (PID {})", pid)));
  }
  if (IsFullDisk(text)) {
    return Fail(ErrorCode::kUnavailable,
                fmt::format("The disk that holds the store {} is full.", path));
  }
  if (Contains(text, "not a valid DuckDB database") || Contains(text, "Corrupt") ||
      Contains(text, "orrupt")) {
    return NotAStore(path);
  }
  if (Contains(text, "newer version") || Contains(text, "storage version")) {
    return Fail(
        ErrorCode::kFailedPrecondition,
        fmt::format("The store {} was written by a newer release; use that release.", path));
  }
  return Fail(ErrorCode::kInvalidArgument,
              fmt::format("The store {} cannot be opened: {}", path, text));
}

Result<Connection> Database::Connect() {
  Connection connection;
  if (duckdb_connect(database_, &connection.connection_) == DuckDBError) {
    return Fail(ErrorCode::kInternal, "DuckDB gives no connection.");
  }
  return connection;
}

AppendThread::AppendThread() : chunks_(kChunksWaiting), thread_([this] { Append(); }) {}

AppendThread::~AppendThread() {
  chunks_.Close();
  thread_.join();
}

void AppendThread::Append() {
  while (std::optional<FullChunk> full = chunks_.Receive()) {
    const bool appended = duckdb_append_data_chunk(full->appender, full->chunk) != DuckDBError;
    duckdb_destroy_data_chunk(&full->chunk);
    const std::lock_guard lock(mutex_);
    if (!appended && status_) {
      status_ = Translate(duckdb_appender_error(full->appender), "Appending rows");
    }
    --waiting_;
    changed_.notify_all();
  }
}

Status AppendThread::Send(FullChunk chunk) {
  {
    const std::lock_guard lock(mutex_);
    if (!status_) {
      duckdb_destroy_data_chunk(&chunk.chunk);
      return status_;
    }
    ++waiting_;
  }
  const bool sent = chunks_.Send(chunk);
  RIPEN_CHECK(sent, "the channel is open as long as this lives");
  return {};
}

Status AppendThread::Finish() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return waiting_ == 0; });
  return status_;
}

Appender::Appender(Appender&& other) noexcept { *this = std::move(other); }
Appender& Appender::operator=(Appender&& other) noexcept {
  std::swap(appender_, other.appender_);
  std::swap(thread_, other.thread_);
  std::swap(types_, other.types_);
  std::swap(chunk_, other.chunk_);
  std::swap(vectors_, other.vectors_);
  std::swap(data_, other.data_);
  std::swap(validity_, other.validity_);
  std::swap(row_, other.row_);
  std::swap(capacity_, other.capacity_);
  return *this;
}
Appender::~Appender() { Release(); }

void Appender::Release() {
  if (thread_ != nullptr) (void)thread_->Finish();  // it may still hold chunks of this one
  if (chunk_ != nullptr) duckdb_destroy_data_chunk(&chunk_);
  if (appender_ != nullptr) duckdb_appender_destroy(&appender_);
}

Result<Appender> Appender::Open(Connection& connection, const std::string& table,
                                const std::vector<Type>& types, AppendThread* thread) {
  Appender appender;
  appender.thread_ = thread;
  appender.types_ = types;
  if (duckdb_appender_create(connection.raw(), nullptr, table.c_str(), &appender.appender_) ==
      DuckDBError) {
    return Translate(duckdb_appender_error(appender.appender_), "Appending to " + table);
  }
  appender.vectors_.resize(types.size());
  appender.data_.resize(types.size());
  appender.validity_.resize(types.size());
  appender.capacity_ = duckdb_vector_size();
  appender.MakeChunk();
  return appender;
}

void Appender::MakeChunk() {
  std::vector<duckdb_logical_type> raw;
  raw.reserve(types_.size());
  for (const Type type : types_) raw.push_back(duckdb_create_logical_type(RawType(type)));
  chunk_ = duckdb_create_data_chunk(raw.data(), raw.size());
  for (duckdb_logical_type& type : raw) duckdb_destroy_logical_type(&type);
  BindChunk();
}

void Appender::BindChunk() {
  for (std::size_t i = 0; i < vectors_.size(); ++i) {
    vectors_[i] = duckdb_data_chunk_get_vector(chunk_, i);
    data_[i] = duckdb_vector_get_data(vectors_[i]);
    validity_[i] = nullptr;
  }
  row_ = 0;
}

void Appender::MakeValidity(std::size_t column) {
  duckdb_vector_ensure_validity_writable(vectors_[column]);
  validity_[column] = duckdb_vector_get_validity(vectors_[column]);
}

Status Appender::FlushChunk() {
  duckdb_data_chunk_set_size(chunk_, row_);
  if (thread_ != nullptr) {
    Status sent = thread_->Send({appender_, std::exchange(chunk_, nullptr)});
    MakeChunk();
    return sent;
  }
  if (duckdb_append_data_chunk(appender_, chunk_) == DuckDBError) {
    return Translate(duckdb_appender_error(appender_), "Appending rows");
  }
  duckdb_data_chunk_reset(chunk_);
  BindChunk();
  return {};
}

Status Appender::Close() {
  if (row_ > 0) RIPEN_RETURN_IF_ERROR(FlushChunk());
  if (thread_ != nullptr) RIPEN_RETURN_IF_ERROR(thread_->Finish());
  if (duckdb_appender_close(appender_) == DuckDBError) {
    return Translate(duckdb_appender_error(appender_), "Appending rows");
  }
  Release();
  return {};
}

std::string QuotedName(std::string_view name) { return Quoted(name, '"'); }
std::string QuotedText(std::string_view text) { return Quoted(text, '\''); }

}  // namespace ripen::store::duck
