#include "base/environment.h"

#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <gtest/gtest.h>

namespace khien {
namespace {

TEST(Memory, LeavesNoCoreAndNobodyElseReadsIt) {
#ifdef KHIEN_SANITIZED
  GTEST_SKIP() << "the leak checker reads the memory from outside";
#endif
  const pid_t pid = ::fork();  // not undone: a process of its own
  ASSERT_GE(pid, 0);
  if (pid == 0) {
    keep_memory_private();
    rlimit core{1, 1};
    ::getrlimit(RLIMIT_CORE, &core);
    ::_exit(core.rlim_cur == 0 && core.rlim_max == 0 && ::prctl(PR_GET_DUMPABLE) == 0 ? 0 : 1);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(pid, &status, 0), pid);
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

}  // namespace
}  // namespace khien
