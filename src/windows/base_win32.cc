// The doors of base that are Linux or a large library elsewhere: files, digests and keys, JSON.
// The same headers, small implementations.
#include <cstring>

#include "base/errors.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/node.h"
#include "windows/digest.h"
#include "windows/json_text.h"
#include "windows/signer.h"
#include "windows/win32.h"

namespace khien {
namespace windows {

std::uint64_t run_number() {
  static const std::uint64_t number = [] {
    FILETIME now{};
    GetSystemTimeAsFileTime(&now);
    std::uint64_t seed = std::uint64_t{now.dwHighDateTime} << 32 | now.dwLowDateTime;
    LARGE_INTEGER ticks{};
    QueryPerformanceCounter(&ticks);
    seed ^= static_cast<std::uint64_t>(ticks.QuadPart) << 20;
    return seed ^ (std::uint64_t{GetCurrentProcessId()} << 40);
  }();
  return number;
}

}  // namespace windows
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kPieceBytes = std::size_t{1} << 20;  // written at once
using windows::Handle;

std::string shown(const fs::path& path) { return windows::utf8(path.native()); }

tl::unexpected<Error> unwritable(const fs::path& path, const char* call) {
  return fail(err::file_unwritable, shown(path),
              {{"detail", windows::detail_of(call, GetLastError())}});
}

Done put_bytes(const fs::path& path, std::string_view bytes) {
  const Handle file(CreateFileW(path.c_str(), GENERIC_WRITE, 0, nullptr, CREATE_NEW,
                                FILE_ATTRIBUTE_NORMAL, nullptr));
  if (!file.ok()) return unwritable(path, "CreateFile");
  while (!bytes.empty()) {
    const auto piece = static_cast<DWORD>(std::min(bytes.size(), kPieceBytes));
    DWORD written = 0;
    if (WriteFile(file.get(), bytes.data(), piece, &written, nullptr) == 0 || written == 0) {
      return unwritable(path, "WriteFile");
    }
    bytes.remove_prefix(written);
  }
  if (FlushFileBuffers(file.get()) == 0) return unwritable(path, "FlushFileBuffers");
  return {};
}

}  // namespace

Result<std::string> read_file(const fs::path& path, std::size_t limit) {
  const Handle file(CreateFileW(path.c_str(), GENERIC_READ,
                                FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, nullptr,
                                OPEN_EXISTING, FILE_FLAG_SEQUENTIAL_SCAN, nullptr));
  const auto unreadable = [&](const char* call) {
    return fail(err::file_unreadable, shown(path),
                {{"detail", windows::detail_of(call, GetLastError())}});
  };
  if (!file.ok()) return unreadable("CreateFile");
  std::string out;
  char buffer[1 << 14];
  for (;;) {
    DWORD n = 0;
    if (ReadFile(file.get(), buffer, sizeof buffer, &n, nullptr) == 0)
      return unreadable("ReadFile");
    if (n == 0) return out;
    if (out.size() + n > limit) {
      return fail(err::file_too_large, shown(path), {{"limit", std::to_string(limit)}});
    }
    out.append(buffer, n);
  }
}

// Aside, flushed, renamed: a stick pulled out in between leaves no file of the final name. The name
// aside is of this run alone: many machines write into one share at once.
Done write_new_file(const fs::path& path, std::string_view bytes, Access) {
  fs::path aside = path;
  aside += L"." + std::to_wstring(windows::run_number()) + L".dang-ghi";
  auto done = put_bytes(aside, bytes);
  if (done && MoveFileExW(aside.c_str(), path.c_str(), MOVEFILE_WRITE_THROUGH) == 0) {
    done = unwritable(path, "MoveFileEx");
  }
  if (!done) DeleteFileW(aside.c_str());
  return done;
}

std::string hex(std::string_view bytes) {
  static constexpr char digits[] = "0123456789abcdef";
  std::string out;
  for (const unsigned char c : bytes) {
    out += digits[c >> 4];
    out += digits[c & 15];
  }
  return out;
}

Result<std::string> unhex(std::string_view text) {
  std::string out;
  unsigned half = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const int v = c >= '0' && c <= '9'   ? c - '0'
                  : c >= 'a' && c <= 'f' ? c - 'a' + 10
                  : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
    if (v < 0 || text.size() % 2 != 0) {
      return fail(err::crypto, "hex", {{"detail", v < 0 ? "digit" : "length"}});
    }
    half = half << 4 | static_cast<unsigned>(v);
    if (i % 2 == 1) out += static_cast<char>(half);
  }
  return out;
}

Sha256::Sha256() : context_(new windows::Sha2<std::uint32_t>) {}
Sha256::~Sha256() { delete static_cast<windows::Sha2<std::uint32_t>*>(context_); }
void Sha256::add(std::string_view bytes) {
  static_cast<windows::Sha2<std::uint32_t>*>(context_)->add(bytes);
}
std::string Sha256::finish() {
  return static_cast<windows::Sha2<std::uint32_t>*>(context_)->finish();
}
std::string sha256_hex(std::string_view bytes) {
  Sha256 sum;
  sum.add(bytes);
  return hex(sum.finish());
}

Result<KeyPair> key_pair_from_seed(std::string_view seed) {
  return KeyPair{windows::public_key_of(seed), std::string(seed)};
}

// RtlGenRandom, by the only name it is exported under.
Result<KeyPair> make_key_pair() {
  using Random = BOOLEAN(NTAPI*)(void*, ULONG);
  const auto random = windows::function<Random>("advapi32.dll", "SystemFunction036");
  std::string seed(32, '\0');
  if (random == nullptr || random(seed.data(), 32) == 0) {
    return fail(err::crypto, "ed25519", {{"detail", "RtlGenRandom"}});
  }
  return key_pair_from_seed(seed);
}

Result<std::string> ed25519_sign(const KeyPair& pair, std::string_view message) {
  return windows::sign(pair.secret_key, message);
}

std::string fingerprint(std::string_view public_key) {
  const std::string sum = sha256_hex(public_key);
  std::string out;
  constexpr std::size_t kDigits = 32;
  for (std::size_t i = 0; i < kDigits; i += 4) out += (i == 0 ? "" : "-") + sum.substr(i, 4);
  return out;
}

void wipe(std::string& secret) {
  SecureZeroMemory(secret.data(), secret.size());
  secret.clear();
}

Result<Node> parse_json(std::string_view text, std::string_view place) {
  return windows::read_json(text, place);
}
std::string to_json(const Node& node, int) { return windows::write_json(node); }

// Content lies packed in the program; it takes no text of YAML.
Result<Node> parse_yaml(std::string_view, std::string_view place) {
  return fail(err::yaml_invalid, std::string(place), {{"detail", "not read on Windows"}});
}

}  // namespace khien
