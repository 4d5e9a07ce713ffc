// Appends rows like those of events to a DuckDB file, a transaction for each batch, and prints the
// wall time: the least that keeping events durably costs, beside which `POST events` is measured.
//
// Usage: raw_appender DATABASE ROWS BATCH
#include <duckdb.h>
#include <fmt/core.h>

#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <string>

namespace {

bool Run(duckdb_connection connection, const char* sql) {
  return duckdb_query(connection, sql, nullptr) == DuckDBSuccess;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) return 2;
  const std::int64_t rows = std::atoll(argv[2]);
  const std::int64_t batch = std::atoll(argv[3]);
  duckdb_database database = nullptr;
  duckdb_connection connection = nullptr;
  if (duckdb_open(argv[1], &database) != DuckDBSuccess ||
      duckdb_connect(database, &connection) != DuckDBSuccess) {
    return 3;
  }
  if (!Run(connection, "SET threads = 2") ||
      !Run(connection,
           "CREATE TABLE event (id VARCHAR, stage VARCHAR, shown BIGINT, arrived BIGINT, customer "
           "VARCHAR, age_group VARCHAR, item VARCHAR, score DOUBLE)")) {
    return 3;
  }
  const auto began = std::chrono::steady_clock::now();
  for (std::int64_t first = 0; first < rows; first += batch) {
    duckdb_appender appender = nullptr;
    if (!Run(connection, "BEGIN") ||
        duckdb_appender_create(connection, nullptr, "event", &appender) != DuckDBSuccess) {
      return 3;
    }
    for (std::int64_t row = first; row < first + batch && row < rows; ++row) {
      duckdb_append_varchar(appender, fmt::format("r-{:08}", row).c_str());
      duckdb_append_varchar(appender, row % 4 == 0 ? "click" : "shown");
      duckdb_append_int64(appender, 1'700'000'000'000'000 + row);
      duckdb_append_int64(appender, 1'700'000'100'000'000 + row);
      duckdb_append_varchar(appender, fmt::format("c-{:06}", row % 50'000).c_str());
      duckdb_append_varchar(appender, row % 3 == 0 ? "25-34" : "35-44");
      duckdb_append_varchar(appender, fmt::format("i-{:04}", row % 900).c_str());
      duckdb_append_double(appender, static_cast<double>(row % 1000) / 1000);
      if (duckdb_appender_end_row(appender) != DuckDBSuccess) return 3;
    }
    if (duckdb_appender_destroy(&appender) != DuckDBSuccess || !Run(connection, "COMMIT")) return 3;
  }
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
  duckdb_result result;
  if (duckdb_query(connection, "SELECT count(*) FROM event", &result) != DuckDBSuccess) return 3;
  fmt::print("{} {:.3f}\n", duckdb_value_int64(&result, 0, 0), took.count());
  duckdb_destroy_result(&result);
  duckdb_disconnect(&connection);
  duckdb_close(&database);
  return 0;
}
