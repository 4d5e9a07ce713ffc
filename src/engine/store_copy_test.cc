#include "engine/store_copy.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace ripen::engine {
namespace {

using ::testing::HasSubstr;

class StoreCopy : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = ::testing::TempDir() + "ripen-store-copy";
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
    from_ = folder_ + "/a.duckdb";
    to_ = folder_ + "/b.duckdb";
    std::ofstream(from_) << "store";
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  static std::string ReadAll(const std::string& path) {
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), {}};
  }

  std::string folder_;
  std::string from_;
  std::string to_;
};

TEST_F(StoreCopy, HoldsTheFileAndItsLog) {
  std::ofstream(from_ + ".wal") << "log";
  ASSERT_TRUE(CopyStore(from_, to_));
  EXPECT_EQ(ReadAll(to_), "store");
  EXPECT_EQ(ReadAll(to_ + ".wal"), "log");
}

TEST_F(StoreCopy, WithoutALogThereIsNone) {
  ASSERT_TRUE(CopyStore(from_, to_));
  EXPECT_FALSE(std::filesystem::exists(to_ + ".wal"));
}

TEST_F(StoreCopy, IsRefusedWhereThereIsNoStoreOrNoRoom) {
  EXPECT_EQ(CopyStore(folder_ + "/none", to_).error().code, ErrorCode::kNotFound);
  const Status nowhere = CopyStore(from_, folder_ + "/none/b.duckdb");
  ASSERT_FALSE(nowhere);
  EXPECT_EQ(nowhere.error().code, ErrorCode::kUnavailable);
}

TEST_F(StoreCopy, IsRefusedWhileAnotherProcessWrites) {
  std::array<int, 2> ready{};
  std::array<int, 2> done{};
  ASSERT_EQ(::pipe(ready.data()), 0);
  ASSERT_EQ(::pipe(done.data()), 0);
  const pid_t writer = ::fork();
  if (writer == 0) {
    struct flock lock {};
    lock.l_type = F_WRLCK;
    lock.l_whence = SEEK_SET;
    const int file = ::open(from_.c_str(), O_RDWR);
    char byte = ::fcntl(file, F_SETLK, &lock) == 0 ? 'y' : 'n';
    if (::write(ready[1], &byte, 1) != 1) ::_exit(1);
    ::_exit(::read(done[0], &byte, 1) == 1 ? 0 : 1);
  }
  char locked = 'n';
  ASSERT_EQ(::read(ready[0], &locked, 1), 1);
  ASSERT_EQ(locked, 'y');
  const Status copied = CopyStore(from_, to_);
  ASSERT_EQ(::write(done[1], &locked, 1), 1);
  ASSERT_EQ(::waitpid(writer, nullptr, 0), writer);
  ASSERT_FALSE(copied);
  EXPECT_EQ(copied.error().code, ErrorCode::kFailedPrecondition);
  EXPECT_THAT(copied.error().message, HasSubstr("held by another process"));
  for (const int end : {ready[0], ready[1], done[0], done[1]}) ::close(end);
}

}  // namespace
}  // namespace ripen::engine
