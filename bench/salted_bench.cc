// salted_bench [SECONDS]: how many words a second the password test tries on salted stores, on all
// cores, beside what the library (libxcrypt; OpenSSL for PBKDF2) does in a bare loop on as many:
// the bar is 95 %.
#include <crypt.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cstring>
#include <thread>

#include <fmt/format.h>
#include <openssl/evp.h>

#include "base/clock.h"
#include "engine/password/hash_form.h"
#include "engine/password/tester.h"

namespace {
using namespace khien;
using namespace khien::password;

constexpr std::size_t kAccounts = 64;

struct Kind {
  const char* name;
  const char* prefix;
  unsigned long cost;  // of crypt_gensalt; 0: the library's own
};
constexpr Kind kKinds[] = {{"md5crypt", "$1$", 0}, {"bcrypt", "$2b$", 5}, {"sha256crypt", "$5$", 0},
                           {"sha512crypt", "$6$", 0}, {"scrypt", "$7$", 6}, {"yescrypt", "$y$", 1}};

std::string word_of(std::uint64_t n) { return fmt::format("mat-khau-{}", n); }

std::vector<std::string> hashes_of(const Kind& kind) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < kAccounts; ++i) {
    char salt[CRYPT_GENSALT_OUTPUT_SIZE];
    if (crypt_gensalt_rn(kind.prefix, kind.cost, nullptr, 0, salt, sizeof salt) == nullptr) break;
    crypt_data data{};
    const char* hash = crypt_r(fmt::format("khac-{}", i).c_str(), salt, &data);
    if (hash != nullptr) out.emplace_back(hash);
  }
  return out;
}

// Runs `work` in as many processes as there are cores; the sum of what they did.
template <class Work>
std::uint64_t on_all_cores(unsigned cores, Work&& work) {
  auto* done = static_cast<std::atomic<std::uint64_t>*>(
      mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0));
  new (done) std::atomic<std::uint64_t>(0);
  std::vector<pid_t> children;
  for (unsigned share = 0; share < cores; ++share) {
    const pid_t pid = fork();
    if (pid == 0) {
      *done += work(share);
      _exit(0);
    }
    children.push_back(pid);
  }
  for (const pid_t pid : children) waitpid(pid, nullptr, 0);
  const std::uint64_t sum = *done;
  munmap(done, 4096);
  return sum;
}

constexpr std::uint32_t kPbkdf2Rounds = 10'000;

std::vector<std::string> pbkdf2_hashes() {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < kAccounts; ++i) {
    out.push_back(fmt::format("pbkdf2_sha256${}$salt{:04}${}", kPbkdf2Rounds, i,
                              "PjIRJMM1TNDA//O8tOYgan7Y7e7sAlXShMi9K8Bt4Lk="));
  }
  return out;
}

std::uint64_t bare_pbkdf2(std::int64_t ms) {
  const SystemClock clock;
  const auto end = clock.steady_ms() + ms;
  std::uint64_t count = 0;
  for (std::uint64_t n = 0; clock.steady_ms() < end; ++n, ++count) {
    const std::string word = word_of(n);
    unsigned char out[32];
    PKCS5_PBKDF2_HMAC(word.data(), static_cast<int>(word.size()),
                      reinterpret_cast<const unsigned char*>("salt0000"), 8, kPbkdf2Rounds,
                      EVP_sha256(), sizeof out, out);
  }
  return count;
}

std::uint64_t bare(const std::vector<std::string>& hashes, unsigned share, std::int64_t ms) {
  const SystemClock clock;
  const auto end = clock.steady_ms() + ms;
  crypt_data data{};
  std::uint64_t count = 0;
  for (std::uint64_t n = 0; clock.steady_ms() < end; ++n) {
    const std::string word = word_of(n);
    for (std::size_t i = share; i < hashes.size() && clock.steady_ms() < end; i += 2) {
      if (crypt_rn(word.c_str(), hashes[i].c_str(), &data, sizeof data) != nullptr) ++count;
    }
  }
  return count;
}

std::uint64_t tested(const std::vector<std::string>& hashes, const std::string& words,
                     std::span<std::uint64_t> memory, unsigned share, unsigned shares,
                     std::int64_t ms) {
  const SystemClock clock;
  TestPlan plan;
  for (std::size_t i = 0; i < hashes.size(); ++i) {
    Entry entry;
    entry.login = "a" + std::to_string(i);
    entry.hash = read_hash(hashes[i]);
    plan.entries.push_back(entry);
    plan.store.push_back(0);
    plan.subjects.push_back({});
    plan.persons.emplace_back();
  }
  plan.lists.push_back(source_of(words));
  plan.share = share;
  plan.shares = shares;
  plan.budget_ms = ms;
  Board board(memory, hashes.size());
  board.set_key(std::string(32, 'k'));
  const auto end = clock.steady_ms() + ms;
  Tester tester(plan, board, [&] { return end - clock.steady_ms(); });
  tester.run();
  return tester.tried();
}

}  // namespace

int main(int argc, char** argv) {
  const std::int64_t ms = (argc > 1 ? std::atoll(argv[1]) : 4) * 1000;
  const unsigned cores = std::max(1U, std::thread::hardware_concurrency());
  std::string words;
  for (std::uint64_t n = 0; n < 2'000'000; ++n) words += word_of(n) + "\n";
  const auto compare = [&](const char* name, const std::vector<std::string>& hashes,
                           std::uint64_t floor) {
    const std::size_t bytes = Board::bytes_for(hashes.size());
    auto* memory = static_cast<std::uint64_t*>(
        mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0));
    const auto ours = on_all_cores(cores, [&](unsigned share) {
      return tested(hashes, words, {memory, bytes / 8}, share, cores, ms);
    });
    munmap(memory, bytes);
    fmt::print("{:<12} library {:9.1f}/s   password test {:9.1f}/s   {:6.1f} %\n", name,
               static_cast<double>(floor) * 1000 / static_cast<double>(ms),
               static_cast<double>(ours) * 1000 / static_cast<double>(ms),
               100.0 * static_cast<double>(ours) / static_cast<double>(floor));
  };
  for (const Kind& kind : kKinds) {
    const auto hashes = hashes_of(kind);
    if (hashes.size() != kAccounts) continue;
    compare(kind.name, hashes,
            on_all_cores(cores, [&](unsigned share) { return bare(hashes, share, ms); }));
  }
  compare("pbkdf2", pbkdf2_hashes(),
          on_all_cores(cores, [&](unsigned) { return bare_pbkdf2(ms); }));
  return 0;
}
