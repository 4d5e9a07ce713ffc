// The tables of a store file and what the numbers in them mean.
#pragma once

#include <cstdint>
#include <string>

#include "base/result.h"
#include "store/duckdb/duck.h"
#include "store/duckdb/siphash.h"

namespace ripen::store {

// Goes up with every change that an older release could misread.
constexpr int kFormatVersion = 5;

// "No time" and "no value" in BIGINT columns.
constexpr std::int64_t kNone = INT64_MIN;
// The day of outcomes whose recommendation is not known.
constexpr std::int32_t kOrphanDay = INT32_MIN;
// The stage of a retraction that names none.
constexpr std::uint8_t kAnyStage = 255;

// rec.bits and ev.bits
constexpr std::uint8_t kEventWholeDay = 1;    // shown or happened is a day
constexpr std::uint8_t kArrivalWholeDay = 2;  // arrival is a day
constexpr std::uint8_t kArrivalGiven = 4;     // arrival has a column of its own
constexpr std::uint8_t kArrivesAtSnapshot = 8;
constexpr std::uint8_t kOfObservation = 16;  // the event is a cell of an obs row
constexpr std::uint8_t kTooEarly = 128;      // set aside: before its recommendation

// An outcome may lie this much before its recommendation: clocks differ.
constexpr std::int64_t kEarlyMicros = 300'000'000;

// ev.kind
constexpr std::uint8_t kOutcomeEvent = 0;
constexpr std::uint8_t kRetractionEvent = 1;

// obs.flags: three bits a stage code. kTimed: the outcome has a row of its own in ev.
enum class CellState : std::uint8_t { kNoColumn, kEmpty, kFalse, kTrue, kTimed };
constexpr unsigned kBitsPerStage = 3;
constexpr std::size_t kMostStages = 21;
// obs.truth: as CellState, of the truth flag

// Makes the tables of a new store, or checks those of an old one and adds what its format lacks.
// Errors: kFailedPrecondition for a newer format, kDataLoss for a DuckDB file of somebody else.
[[nodiscard]] Status OpenSchema(duck::Connection& connection, const std::string& path);

// One text of the table `meta`; empty where there is none.
[[nodiscard]] Result<std::string> ReadMeta(duck::Connection& connection, const std::string& key);
[[nodiscard]] Status WriteMeta(duck::Connection& connection, const std::string& key,
                               const std::string& text);

// The secret key of customer ids, made with the store.
[[nodiscard]] Result<SipKey> CustomerKey(duck::Connection& connection);

}  // namespace ripen::store
