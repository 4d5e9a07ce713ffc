#include "store/duckdb/csv_text.h"

namespace ripen::store {

std::vector<std::string> SplitRecord(std::string_view record, char delimiter) {
  std::vector<std::string> fields(1);
  bool in_quotes = false;
  bool field_starts = true;
  for (std::size_t i = 0; i < record.size(); ++i) {
    const char letter = record[i];
    if (in_quotes) {
      if (letter != '"') {
        fields.back() += letter;
      } else if (i + 1 < record.size() && record[i + 1] == '"') {
        fields.back() += '"';
        ++i;
      } else {
        in_quotes = false;
      }
    } else if (letter == '"' && field_starts) {
      in_quotes = true;
      field_starts = false;
    } else if (letter == delimiter) {
      fields.emplace_back();
      field_starts = true;
    } else {
      fields.back() += letter;
      field_starts = false;
    }
  }
  return fields;
}

char GuessDelimiter(const std::vector<std::string>& records) {
  char best = ',';
  double best_score = 0;
  for (const char candidate : kDelimiterCandidates) {
    if (records.empty()) break;
    const std::size_t columns = SplitRecord(records.front(), candidate).size();
    if (columns < 2) continue;
    std::size_t same = 0;
    for (const std::string& record : records) {
      if (SplitRecord(record, candidate).size() == columns) ++same;
    }
    const double share = static_cast<double>(same) / static_cast<double>(records.size());
    // Colons and blanks stand inside times and texts: only where nothing else fits.
    const double doubt = candidate == ':' || candidate == ' ' ? 0.01 : 1.0;
    const double score = share < 0.5 ? 0 : share * share * static_cast<double>(columns) * doubt;
    if (score > best_score) {
      best_score = score;
      best = candidate;
    }
  }
  return best;
}

std::optional<char> SepLine(std::string_view line) {
  if (!line.empty() && line.front() == '"' && line.back() == '"' && line.size() > 2) {
    line = line.substr(1, line.size() - 2);
  }
  if (line.size() != 5) return std::nullopt;
  const std::string_view word = line.substr(0, 4);
  if (word != "sep=" && word != "SEP=" && word != "Sep=") return std::nullopt;
  return line[4];
}

}  // namespace ripen::store
