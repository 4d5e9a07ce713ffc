// Runs an SQL script on DuckDB and prints each statement's wall time and the peak memory: the plain
// way to load, fold and count, beside which `ripen check` is measured.
//
// Usage: plain_runner SCRIPT.sql DATABASE [NAME=VALUE ...]   ($NAME in the script becomes VALUE)
// The last statement must return one row; it is printed as "answer: a|b|c".
#include <duckdb.h>
#include <fmt/core.h>
#include <sys/resource.h>

#include <chrono>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace {

std::string WithValues(std::string text, const std::vector<std::string>& assignments) {
  for (const std::string& assignment : assignments) {
    const std::size_t equals = assignment.find('=');
    const std::string name = "$" + assignment.substr(0, equals);
    const std::string value = assignment.substr(equals + 1);
    for (std::size_t at = text.find(name); at != std::string::npos;
         at = text.find(name, at + value.size())) {
      text.replace(at, name.size(), value);
    }
  }
  return text;
}

std::vector<std::string> Statements(const std::string& text) {
  std::vector<std::string> statements;
  std::size_t begin = 0;
  for (std::size_t end = text.find(";\n"); end != std::string::npos;
       end = text.find(";\n", begin)) {
    statements.push_back(text.substr(begin, end - begin));
    begin = end + 2;
  }
  return statements;
}

void PrintAnswer(duckdb_result& result) {
  duckdb_data_chunk chunk = duckdb_fetch_chunk(result);
  if (chunk == nullptr) return;
  fmt::print("answer: ");
  for (idx_t column = 0; column < duckdb_data_chunk_get_column_count(chunk); ++column) {
    const auto* values = static_cast<const std::int64_t*>(
        duckdb_vector_get_data(duckdb_data_chunk_get_vector(chunk, column)));
    fmt::print("{}{}", column == 0 ? "" : "|", values[0]);
  }
  fmt::print("\n");
  duckdb_destroy_data_chunk(&chunk);
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  if (arguments.size() < 2) {
    fmt::print(stderr, "usage: plain_runner SCRIPT.sql DATABASE [NAME=VALUE ...]\n");
    return 2;
  }
  std::ifstream file(arguments[0]);
  const std::string script =
      WithValues(std::string(std::istreambuf_iterator<char>(file), {}),
                 std::vector<std::string>(arguments.begin() + 2, arguments.end()));
  duckdb_database database = nullptr;
  duckdb_connection connection = nullptr;
  if (duckdb_open(arguments[1].c_str(), &database) == DuckDBError ||
      duckdb_connect(database, &connection) == DuckDBError) {
    fmt::print(stderr, "cannot open {}\n", arguments[1]);
    return 3;
  }
  const std::vector<std::string> statements = Statements(script);
  for (std::size_t index = 0; index < statements.size(); ++index) {
    const auto start = std::chrono::steady_clock::now();
    duckdb_result result;
    if (duckdb_query(connection, statements[index].c_str(), &result) == DuckDBError) {
      fmt::print(stderr, "{}\nin: {}\n", duckdb_result_error(&result), statements[index]);
      return 3;
    }
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
    fmt::print("{:8.3f} s  statement {}\n", seconds.count(), index + 1);
    if (index + 1 == statements.size()) PrintAnswer(result);
    duckdb_destroy_result(&result);
  }
  duckdb_disconnect(&connection);
  duckdb_close(&database);
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  fmt::print("peak memory: {} MB\n", usage.ru_maxrss / 1024);
  return 0;
}
