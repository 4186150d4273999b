// The registry of this machine: both views, and the hives of users that are loaded. Asks for
// KEY_READ only.
#include <algorithm>

#include "format/windows/hive.h"
#include "windows/live.h"
#include "windows/win32.h"

namespace khien::windows {
namespace {

using namespace host_windows;  // NOLINT: this file is its other side

constexpr std::size_t kValueBytes = 64 << 10;
constexpr std::size_t kNames = 60'000;

struct Key {
  HKEY raw = nullptr;
  Key() = default;
  Key(const Key&) = delete;
  Key& operator=(const Key&) = delete;
  ~Key() {
    if (raw != nullptr) RegCloseKey(raw);
  }
};

bool split_root(const std::string& path, HKEY& root, REGSAM& view, std::string& rest) {
  const std::size_t at = std::min(path.find('\\'), path.size());
  const std::string name = path.substr(0, at);
  rest = path.substr(std::min(at + 1, path.size()));
  root = name == "HKU" ? HKEY_USERS : HKEY_LOCAL_MACHINE;
  view = name == "HKLM32" ? KEY_WOW64_32KEY : KEY_WOW64_64KEY;
  return name == "HKLM" || name == "HKLM32" || name == "HKU";
}

void read_subkeys(HKEY key, RegistryKey& out) {
  wchar_t name[256];
  for (DWORD i = 0; i < kNames; ++i) {
    DWORD size = 256;
    if (RegEnumKeyExW(key, i, name, &size, nullptr, nullptr, nullptr, nullptr) != ERROR_SUCCESS) {
      return;
    }
    out.subkeys.push_back(utf8({name, size}));
  }
  out.problem = Problem::too_large;  // a cut list is no list
}

void read_values(HKEY key, DWORD longest_name, DWORD longest_value, RegistryKey& out) {
  std::wstring name(longest_name + 1, L'\0');
  const std::size_t room = std::min<std::size_t>(longest_value, kValueBytes);
  for (DWORD i = 0; i < kNames; ++i) {
    std::string bytes(room + 2, '\0');
    auto name_size = static_cast<DWORD>(name.size());
    auto size = static_cast<DWORD>(room);
    DWORD type = 0;
    const LONG code = RegEnumValueW(key, i, name.data(), &name_size, nullptr, &type,
                                    reinterpret_cast<BYTE*>(bytes.data()), &size);
    if (code == ERROR_MORE_DATA) continue;  // larger than anything read here
    if (code != ERROR_SUCCESS) return;
    bytes.resize(size);
    out.values.emplace(utf8({name.data(), name_size}), registry_value(type, bytes));
  }
}

class LiveRegistry final : public Registry {
 public:
  RegistryKey read(const std::string& path) const override {
    RegistryKey out;
    HKEY root = nullptr;
    REGSAM view = 0;
    std::string rest;
    if (!split_root(path, root, view, rest)) return out;
    if (view == KEY_WOW64_32KEY && !has_two_views()) return out;
    Key key;
    const LONG code = RegOpenKeyExW(root, wide(rest).c_str(), 0, KEY_READ | view, &key.raw);
    if (code != ERROR_SUCCESS) {
      out.problem = code == ERROR_FILE_NOT_FOUND || code == ERROR_PATH_NOT_FOUND ? Problem::absent
                    : code == ERROR_ACCESS_DENIED ? Problem::denied : Problem::broken;
      return out;
    }
    DWORD longest_name = 0;
    DWORD longest_value = 0;
    FILETIME written{};
    RegQueryInfoKeyW(key.raw, nullptr, nullptr, nullptr, nullptr, nullptr, nullptr, nullptr,
                     &longest_name, &longest_value, nullptr, &written);
    out.problem = Problem::none;
    out.written_at = ms_of(written);
    read_subkeys(key.raw, out);
    read_values(key.raw, longest_name, longest_value, out);
    return out;
  }

 private:
  static bool has_two_views() {
#ifdef _WIN64
    return true;
#else
    using IsWow64 = BOOL(WINAPI*)(HANDLE, BOOL*);
    BOOL wow = FALSE;
    const auto ask = function<IsWow64>("kernel32.dll", "IsWow64Process");
    return ask != nullptr && ask(GetCurrentProcess(), &wow) != 0 && wow != FALSE;
#endif
  }
};

}  // namespace

std::unique_ptr<Registry> live_registry() { return std::make_unique<LiveRegistry>(); }

}  // namespace khien::windows
