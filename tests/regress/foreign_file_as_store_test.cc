// Symptom: `ripen ingest a.csv --store b.csv` said that all rows were read, and stored nothing.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "store/open_store.h"

namespace ripen {
namespace {

TEST(ForeignFileAsStore, IsRefusedAndLeftAsItIs) {
  std::string folder = (std::filesystem::temp_directory_path() / "ripen-regress-XXXXXX").string();
  ASSERT_NE(mkdtemp(folder.data()), nullptr);
  const std::string path = folder + "/shop.csv";
  constexpr std::string_view kText = "id,shown_at\n1,2026-01-01\n";
  std::ofstream(path) << kText;
  const auto store = store::OpenDuckDb(path, {});
  ASSERT_FALSE(store);
  EXPECT_EQ(store.error().code, ErrorCode::kDataLoss);
  EXPECT_EQ(store.error().message,
            "The file " + path + " is not a store of Ripen, or it is damaged.");
  std::string kept(std::istreambuf_iterator<char>(std::ifstream(path).rdbuf()), {});
  EXPECT_EQ(kept, kText);
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace ripen
