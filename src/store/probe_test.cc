#include <gmock/gmock.h>
#include <zlib.h>

#include "store/store_fixture.h"

namespace ripen::store {
namespace {

using ::testing::HasSubstr;

class ProbeTest : public StoreFixture {
 protected:
  void SetUp() override {
    StoreFixture::SetUp();
    Open();
  }
  std::string WriteGzip(const std::string& name, const std::string& text) {
    gzFile file = gzopen(Path(name).c_str(), "wb");
    gzwrite(file, text.data(), static_cast<unsigned>(text.size()));
    gzclose(file);
    return Path(name);
  }
  static std::string Utf16(std::string_view ascii, bool little) {
    std::string bytes = little ? "\xFF\xFE" : "\xFE\xFF";
    for (const char letter : ascii) {
      bytes += little ? std::string{letter, '\0'} : std::string{'\0', letter};
    }
    return bytes;
  }
  static std::vector<std::string> Names(const ledger::FileProbe& probe) {
    std::vector<std::string> names;
    for (const auto& column : probe.columns) names.push_back(column.name);
    return names;
  }
};

constexpr std::string_view kTable = "id;shown_at;age_group\n1;2026-11-01;25-34\n2;2026-11-02;\n";

TEST_F(ProbeTest, SameTableInEveryDress) {
  const std::string plain(kTable);
  const std::vector<std::string> paths = {
      Write("plain.csv", plain),
      Write("bom.csv", "\xEF\xBB\xBF" + plain),
      Write("little.csv", Utf16(plain, true)),
      Write("big.csv", Utf16(plain, false)),
      Write("sep.csv", "sep=;\n" + plain),
      WriteGzip("packed.csv", plain),  // by content, whatever the name
      WriteGzip("packed16.csv.gz", Utf16(plain, true)),
  };
  for (const std::string& path : paths) {
    SCOPED_TRACE(path);
    const ledger::FileProbe probe = Probe(path);
    EXPECT_EQ(probe.delimiter, ';');
    EXPECT_EQ(Names(probe), (std::vector<std::string>{"id", "shown_at", "age_group"}));
    EXPECT_EQ(probe.sampled_rows, 2);
    EXPECT_EQ(probe.columns[2].sample[0], "25-34");
    EXPECT_EQ(probe.columns[2].sample[1], std::nullopt);
    EXPECT_EQ(probe.columns[2].distinct_in_sample, 1);
    EXPECT_TRUE(probe.columns[0].numeric_in_sample);
    ASSERT_NO_FATAL_FAILURE(Open());
    EXPECT_EQ(Import({WidePlan(path)}).recommendations, 2);
    std::filesystem::remove(Path("test.duckdb"));
  }
}

TEST_F(ProbeTest, Windows1252IsRead) {
  const std::string path = Write(
      "umlaut.csv", "id,shown_at,region\n1,2026-11-01,K\xF6ln \x80\n2,2026-11-01,M\xFCnchen\n");
  EXPECT_EQ(Probe(path).columns[2].sample[0], "Köln €");
  Import({WidePlan(path)});
  EXPECT_EQ(Snapshot("2026-11-01").attributes.at(0).values.at(0), "Köln €");
}

TEST_F(ProbeTest, EventsAreFlattened) {
  const std::string path =
      Write("events.json",
            "{\"type\":\"recommendation\",\"id\":\"r-1\",\"customer\":{\"age_group\":\"25-34\","
            "\"vip\":true},"
            "\"score\":0.31,\"note\":null}\n\n"
            "{\"type\":\"outcome\",\"recommendation_id\":\"r-1\",\"value\":59.90}\n");
  const ledger::FileProbe probe = Probe(path);
  EXPECT_EQ(probe.format, ledger::FileFormat::kNdjson);
  EXPECT_EQ(Names(probe),
            (std::vector<std::string>{"type", "id", "customer.age_group", "customer.vip", "score",
                                      "recommendation_id", "value"}));
  EXPECT_EQ(probe.columns[3].sample[0], "true");
  EXPECT_EQ(probe.columns[6].sample[1], "59.90");
}

TEST_F(ProbeTest, ClearSentencesForWhatIsNoTable) {
  EXPECT_THAT(ProbeError(Path("absent.csv")), HasSubstr("There is no file"));
  EXPECT_THAT(ProbeError(folder_.string()), HasSubstr("is a folder; name the files in it."));
  EXPECT_THAT(ProbeError(Write("empty.csv", "")), HasSubstr("is empty."));
  EXPECT_THAT(ProbeError(Write("blank.csv", " \n\n")), HasSubstr("it holds only blanks."));
  EXPECT_THAT(ProbeError(Write("header.csv", "id,shown_at\n")),
              HasSubstr("holds a header line but no rows."));
  EXPECT_THAT(ProbeError(Write("book.csv", "PK\x03\x04 whatever")), HasSubstr("zip archive"));
  EXPECT_THAT(ProbeError(Write("binary.csv", std::string("ab\0c\x01\x02", 6))),
              HasSubstr("holds binary data; CSV, Parquet and NDJSON can be read."));
  EXPECT_THAT(ProbeError(Write("broken.parquet", "PAR1 and nothing else")),
              HasSubstr("begins like a Parquet file"));
  EXPECT_THAT(ProbeError(Write("broken.json", "{\"id\": \n{broken\n")),
              HasSubstr("holds no event that can be read (line 1: the line is no valid JSON)."));
}

TEST_F(ProbeTest, LineWithoutEndIsNotHeld) {
  const std::string path = Path("endless.csv");
  {
    std::ofstream out(path, std::ios::binary);
    out << "id,shown_at\n";
    const std::string megabyte(1 << 20, 'x');
    for (int i = 0; i < 100; ++i) out << megabyte;
  }
  EXPECT_THAT(ProbeError(path), HasSubstr("has over 1 MB and does not end; this is no table"));
  const std::string shorter = Write("long.csv", "id,shown_at\n1," + std::string(2 << 20, 'x'));
  EXPECT_THAT(ProbeError(shorter), HasSubstr("line 2 is longer than 1 MB"));
}

}  // namespace
}  // namespace ripen::store
