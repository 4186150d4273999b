// Files of this machine. Opened with every kind of sharing, so that no program notices; reparse
// points are told and never followed here.
#include "windows/win32.h"

#include <algorithm>

#include <wincrypt.h>

#include "base/hash.h"
#include "windows/live.h"

namespace khien::windows {

std::wstring wide(std::string_view text) {
  const int size = static_cast<int>(text.size());
  const int n = MultiByteToWideChar(CP_UTF8, 0, text.data(), size, nullptr, 0);
  std::wstring out(static_cast<std::size_t>(n), L'\0');
  MultiByteToWideChar(CP_UTF8, 0, text.data(), size, out.data(), n);
  return out;
}

std::string utf8(std::wstring_view text) {
  const int size = static_cast<int>(text.size());
  const int n = WideCharToMultiByte(CP_UTF8, 0, text.data(), size, nullptr, 0, nullptr, nullptr);
  std::string out(static_cast<std::size_t>(n), '\0');
  WideCharToMultiByte(CP_UTF8, 0, text.data(), size, out.data(), n, nullptr, nullptr);
  return out;
}

std::string detail_of(const char* call, unsigned long code) {
  return std::string(call) + ": " + std::to_string(code);
}

std::wstring long_path(std::string_view path) {
  const std::wstring out = wide(path);
  const bool drive = out.size() > 2 && out[1] == L':' && out[2] == L'\\';
  return drive && out.find(L"\\..") == std::wstring::npos ? L"\\\\?\\" + out : out;
}

std::int64_t ms_of(const FILETIME& time) {
  const std::uint64_t raw = std::uint64_t{time.dwHighDateTime} << 32 | time.dwLowDateTime;
  constexpr std::uint64_t epoch = 116'444'736'000'000'000ULL;
  return raw < epoch ? 0 : static_cast<std::int64_t>((raw - epoch) / 10'000);
}

namespace {

using namespace host_windows;  // NOLINT: this file is its other side

constexpr std::size_t kNames = 20'000;

Problem problem_of(DWORD code) {
  switch (code) {
    case ERROR_FILE_NOT_FOUND:
    case ERROR_PATH_NOT_FOUND:
    case ERROR_INVALID_NAME:
    case ERROR_BAD_NETPATH:
    case ERROR_NOT_READY: return Problem::absent;
    case ERROR_ACCESS_DENIED: return Problem::denied;
    case ERROR_SHARING_VIOLATION:
    case ERROR_LOCK_VIOLATION: return Problem::busy;
    default: return Problem::broken;
  }
}

bool is_wow64() {
  using IsWow64 = BOOL(WINAPI*)(HANDLE, BOOL*);
  BOOL wow = FALSE;
  const auto ask = function<IsWow64>("kernel32.dll", "IsWow64Process");
  return ask != nullptr && ask(GetCurrentProcess(), &wow) != 0 && wow != FALSE;
}

// A 32-bit program on a 64-bit system is shown SysWOW64 for System32; Sysnative is the true one.
std::string true_path(const std::string& path) {
  static const bool wow = is_wow64();
  static const std::string folder = [] {
    wchar_t text[MAX_PATH];
    const UINT n = GetWindowsDirectoryW(text, MAX_PATH);
    return n == 0 || n >= MAX_PATH ? std::string() : utf8({text, n}) + "\\System32\\";
  }();
  if (!wow || folder.empty() || !same_name(path.substr(0, folder.size()), folder)) return path;
  return folder.substr(0, folder.size() - 9) + "Sysnative\\" + path.substr(folder.size());
}

HANDLE open(const std::string& path) {
  return CreateFileW(long_path(true_path(path)).c_str(), GENERIC_READ,
                     FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE, nullptr,
                     OPEN_EXISTING, FILE_FLAG_SEQUENTIAL_SCAN, nullptr);
}

// MD5 and SHA-1 by the system, for lists that name nothing better.
class OldHash {
 public:
  explicit OldHash(ALG_ID kind) {
    if (CryptAcquireContextW(&provider_, nullptr, nullptr, PROV_RSA_FULL, CRYPT_VERIFYCONTEXT) !=
        0) {
      CryptCreateHash(provider_, kind, 0, 0, &hash_);
    }
  }
  OldHash(const OldHash&) = delete;
  OldHash& operator=(const OldHash&) = delete;
  ~OldHash() {
    if (hash_ != 0) CryptDestroyHash(hash_);
    if (provider_ != 0) CryptReleaseContext(provider_, 0);
  }
  void add(std::string_view bytes) const {
    if (hash_ == 0) return;
    CryptHashData(hash_, reinterpret_cast<const BYTE*>(bytes.data()),
                  static_cast<DWORD>(bytes.size()), 0);
  }
  [[nodiscard]] std::string finish() const {
    std::string out(20, '\0');
    auto size = static_cast<DWORD>(out.size());
    if (hash_ == 0 ||
        CryptGetHashParam(hash_, HP_HASHVAL, reinterpret_cast<BYTE*>(out.data()), &size, 0) == 0) {
      return "";
    }
    return hex(out.substr(0, size));
  }

 private:
  HCRYPTPROV provider_ = 0;
  HCRYPTHASH hash_ = 0;
};

class LiveFiles final : public Files {
 public:
  FileBytes read(const std::string& path, std::size_t limit) const override {
    FileBytes out;
    const Handle file(open(path));
    if (!file.ok()) {
      out.problem = problem_of(GetLastError());
      return out;
    }
    out.problem = Problem::none;
    char buffer[1 << 14];
    for (;;) {
      DWORD n = 0;
      if (ReadFile(file.get(), buffer, sizeof buffer, &n, nullptr) == 0) {
        out.problem = problem_of(GetLastError());
        break;
      }
      if (n == 0) return out;
      if (out.bytes.size() + n > limit) {
        out.problem = Problem::too_large;
        break;
      }
      out.bytes.append(buffer, n);
    }
    out.bytes.clear();
    return out;
  }

  Listing list(const std::string& folder) const override {
    Listing out;
    WIN32_FIND_DATAW entry;
    const HANDLE find = FindFirstFileW((long_path(true_path(folder)) + L"\\*").c_str(), &entry);
    if (find == INVALID_HANDLE_VALUE) {
      out.problem = problem_of(GetLastError());
      return out;
    }
    out.problem = Problem::none;
    do {
      const std::wstring_view name = entry.cFileName;
      if (name == L"." || name == L"..") continue;
      if (out.names.size() >= kNames) out.cut = true;
      else out.names.push_back(utf8(name));
    } while (!out.cut && FindNextFileW(find, &entry) != 0);
    FindClose(find);
    std::sort(out.names.begin(), out.names.end());
    return out;
  }

  std::optional<FileInfo> info(const std::string& path) const override {
    WIN32_FILE_ATTRIBUTE_DATA data;
    if (GetFileAttributesExW(long_path(true_path(path)).c_str(), GetFileExInfoStandard, &data) ==
        0) {
      return std::nullopt;
    }
    FileInfo out;
    out.folder = (data.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY) != 0;
    out.link = (data.dwFileAttributes & FILE_ATTRIBUTE_REPARSE_POINT) != 0;
    out.size = static_cast<std::int64_t>(std::uint64_t{data.nFileSizeHigh} << 32 |
                                         data.nFileSizeLow);
    out.modified_at = ms_of(data.ftLastWriteTime);
    return out;
  }

  std::string sha256(const std::string& path, std::int64_t limit) const override {
    Sha256 sum;
    const bool ok = pieces(path, limit, [&](std::string_view piece) { sum.add(piece); });
    return ok ? hex(sum.finish()) : "";
  }

  Digests digests(const std::string& path, std::int64_t limit) const override {
    Sha256 sum;
    const OldHash md5(CALG_MD5);
    const OldHash sha1(CALG_SHA1);
    const bool ok = pieces(path, limit, [&](std::string_view piece) {
      sum.add(piece);
      md5.add(piece);
      sha1.add(piece);
    });
    return ok ? Digests{md5.finish(), sha1.finish(), hex(sum.finish())} : Digests{};
  }

  Signature signature(const std::string& path) const override {
    Signature out;
    const std::wstring name = wide(true_path(path));
    out.signer = embedded_signer(name);
    if (!out.signer.empty()) {
      out.valid = embedded_holds(name);
    } else if (const auto apart = signed_by_catalogue(name)) {
      out.signer = apart->signer;
      out.valid = apart->valid;
    }
    return out;
  }

 private:
  template <class Use>
  static bool pieces(const std::string& path, std::int64_t limit, Use use) {
    const Handle file(open(path));
    if (!file.ok()) return false;
    std::string buffer(std::size_t{1} << 16, '\0');
    for (std::int64_t total = 0;;) {
      DWORD n = 0;
      if (ReadFile(file.get(), buffer.data(), static_cast<DWORD>(buffer.size()), &n, nullptr) ==
          0) {
        return false;
      }
      if (n == 0) return true;
      total += n;
      if (total > limit) return false;
      use(std::string_view(buffer.data(), n));
    }
  }
};

}  // namespace

std::unique_ptr<Files> live_files() { return std::make_unique<LiveFiles>(); }

}  // namespace khien::windows
