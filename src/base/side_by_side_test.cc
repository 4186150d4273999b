// Order, words and the loss of one child.
#include "base/side_by_side.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>

namespace khien {
namespace {

TEST(SideBySide, OutputComesInTheOrderOfTheItemsHoweverManyRun) {
  for (const unsigned width : {1U, 3U}) {
    std::string all;
    int codes = 0;
    const auto done = side_by_side(
        20, width,
        [](std::size_t i) {
          if (i % 3 == 0) ::usleep(3000);
          std::printf("%zu;", i);
          std::fprintf(stderr, "e%zu;", i);
          return static_cast<int>(i);
        },
        [&](const Said& said) {
          all += said.out + said.err;
          codes += said.code;
        });
    ASSERT_TRUE(done);
    std::string wanted;
    for (int i = 0; i < 20; ++i) wanted += std::to_string(i) + ";e" + std::to_string(i) + ";";
    EXPECT_EQ(all, wanted) << width;
    EXPECT_EQ(codes, 190);
  }
}
TEST(SideBySide, AChildThatDiesCostsOnlyTheItemInItsHand) {
  std::string said;
  const auto done = side_by_side(
      6, 2,
      [](std::size_t i) {
        if (i == 2) ::kill(::getpid(), SIGKILL);
        return 0;
      },
      [&](const Said& s) { said += s.died ? 'x' : '.'; });
  ASSERT_TRUE(done);
  EXPECT_EQ(said, "..x...");
}
TEST(SideBySide, WhenEveryChildDiesEveryItemIsStillAnswered) {
  std::size_t died = 0;
  const auto done = side_by_side(
      5, 2, [](std::size_t) { ::_exit(9);
        return 0;
      }, [&](const Said& s) { died += s.died; });
  ASSERT_TRUE(done);
  EXPECT_EQ(died, 5u);
}

}  // namespace
}  // namespace khien
