// What the *_win32.cc files share: UTF-8 to UTF-16 and back, handles, functions asked for by name
// (so that one program starts on Windows 7 and uses what Windows 11 has).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <windows.h>

namespace khien::windows {

[[nodiscard]] std::wstring wide(std::string_view utf8);
[[nodiscard]] std::string utf8(std::wstring_view text);
// "call: 5"; the system's own words are translated and not used.
[[nodiscard]] std::string detail_of(const char* call, unsigned long code);
// A path as Win32 takes it at any length: \\?\C:\...
[[nodiscard]] std::wstring long_path(std::string_view path);
[[nodiscard]] std::int64_t ms_of(const FILETIME& time);  // UTC since 1970; 0 when out of range

// A number no other run has: of this process' start and of chance.
[[nodiscard]] std::uint64_t run_number();

// Who signed a file whose signature is kept apart, in one of the system's catalogues, as those of
// Windows itself are; nullopt when none holds its digest or this Windows cannot be asked.
struct CatalogueSignature {
  std::string signer;
  std::optional<bool> valid;
};
[[nodiscard]] std::optional<CatalogueSignature> signed_by_catalogue(const std::wstring& path);
// The system's verdict on the signature in a file, without asking the network.
[[nodiscard]] std::optional<bool> embedded_holds(const std::wstring& path);
// The common name of the signer in a signed file or catalogue; "" when there is none.
[[nodiscard]] std::string embedded_signer(const std::wstring& path);

class Handle {
 public:
  explicit Handle(HANDLE raw = INVALID_HANDLE_VALUE) : raw_(raw) {}
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  ~Handle() {
    if (ok()) CloseHandle(raw_);
  }
  [[nodiscard]] bool ok() const { return raw_ != INVALID_HANDLE_VALUE && raw_ != nullptr; }
  [[nodiscard]] HANDLE get() const { return raw_; }

 private:
  HANDLE raw_;
};

// A function of a system library, or nullptr where this Windows lacks it. Loaded from the system
// folder only: a library that lies beside the program on a stick is never taken.
template <class F>
[[nodiscard]] F function(const char* library, const char* name) {
  HMODULE module = GetModuleHandleA(library);
  if (module == nullptr) {
    char folder[MAX_PATH];
    const UINT n = GetSystemDirectoryA(folder, MAX_PATH);
    if (n == 0 || n >= MAX_PATH) return nullptr;
    module = LoadLibraryA((std::string(folder) + "\\" + library).c_str());
  }
  if (module == nullptr) return nullptr;
  return reinterpret_cast<F>(reinterpret_cast<void*>(GetProcAddress(module, name)));
}

}  // namespace khien::windows
