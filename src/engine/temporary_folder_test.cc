#include "engine/temporary_folder.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace ripen::engine {
namespace {

TEST(TemporaryFolder, GoesWithItsOwnerAndWhatIsInIt) {
  std::string path;
  {
    const auto folder = TemporaryFolder::Make();
    ASSERT_TRUE(folder);
    path = folder->path();
    std::ofstream(path + "/store.duckdb") << "x";
    EXPECT_TRUE(std::filesystem::exists(path + "/store.duckdb"));
  }
  EXPECT_FALSE(std::filesystem::exists(path));
}

TEST(TemporaryFolder, MovesItsOwnership) {
  auto first = TemporaryFolder::Make();
  ASSERT_TRUE(first);
  const std::string path = first->path();
  TemporaryFolder second(std::move(*first));
  EXPECT_EQ(second.path(), path);
  TemporaryFolder third;
  third = std::move(second);
  EXPECT_TRUE(std::filesystem::exists(path));
}

TEST(TemporaryFolder, ClearsUpAfterAKilledProcessAndNobodyElse) {
  const auto alive = TemporaryFolder::Make();
  ASSERT_TRUE(alive);
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  const pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    const auto left_behind = TemporaryFolder::Make();
    const std::string path = left_behind ? left_behind->path() : "";
    if (::write(ends[1], path.data(), path.size()) < 0) ::_exit(1);
    ::close(ends[1]);
    ::raise(SIGKILL);
  }
  ::close(ends[1]);
  char buffer[4096];
  const ssize_t count = ::read(ends[0], buffer, sizeof(buffer));
  ::close(ends[0]);
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  ASSERT_GT(count, 0);
  const std::string path(buffer, static_cast<std::size_t>(count));
  ASSERT_TRUE(std::filesystem::exists(path));
  const auto next = TemporaryFolder::Make();
  ASSERT_TRUE(next);
  EXPECT_FALSE(std::filesystem::exists(path));
  EXPECT_TRUE(std::filesystem::exists(alive->path()));
}

}  // namespace
}  // namespace ripen::engine
