// What the system says about itself: version, rights, services, open ports, volumes.
#include <winsock2.h>
#include <windows.h>
#include <ws2tcpip.h>

#include <iphlpapi.h>
#include <lm.h>
#include <tlhelp32.h>

#include "windows/live.h"
#include "windows/win32.h"

namespace khien::windows {
namespace {

using namespace host_windows;  // NOLINT: this file is its other side

constexpr int kServicePages = 64;
constexpr std::size_t kServicePageBytes = 256 << 10;  // the most the call takes

std::string variable(const wchar_t* name) {
  wchar_t text[512];
  const DWORD n = GetEnvironmentVariableW(name, text, 512);
  return n == 0 || n >= 512 ? "" : utf8({text, n});
}

bool is_elevated() {
  HANDLE raw = nullptr;
  if (OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &raw) == 0) return false;
  const Handle token(raw);
  TOKEN_ELEVATION elevation{};
  DWORD size = sizeof elevation;
  if (GetTokenInformation(raw, TokenElevation, &elevation, size, &size) != 0 &&
      elevation.TokenIsElevated == 0) {
    return false;
  }
  BYTE sid[SECURITY_MAX_SID_SIZE];
  DWORD sid_size = sizeof sid;
  BOOL member = FALSE;
  return CreateWellKnownSid(WinBuiltinAdministratorsSid, nullptr, sid, &sid_size) != 0 &&
         CheckTokenMembership(nullptr, sid, &member) != 0 && member != FALSE;
}

// The system's own processor, also seen from a 32-bit program or on ARM.
std::string architecture() {
  using IsWow64Two = BOOL(WINAPI*)(HANDLE, USHORT*, USHORT*);
  USHORT process = 0;
  USHORT native = 0;
  if (const auto ask = function<IsWow64Two>("kernel32.dll", "IsWow64Process2");
      ask != nullptr && ask(GetCurrentProcess(), &process, &native) != 0) {
    return native == 0xAA64 ? "arm64" : native == IMAGE_FILE_MACHINE_AMD64 ? "x64" : "x86";
  }
  SYSTEM_INFO info{};
  GetNativeSystemInfo(&info);
  return info.wProcessorArchitecture == PROCESSOR_ARCHITECTURE_AMD64 ? "x64"
         : info.wProcessorArchitecture == 12                         ? "arm64" : "x86";
}

std::int64_t now_ms() {
  FILETIME now{};
  GetSystemTimeAsFileTime(&now);
  return ms_of(now);
}

std::optional<bool> domain_joined() {
  wchar_t* name = nullptr;
  NETSETUP_JOIN_STATUS status{};
  if (NetGetJoinInformation(nullptr, &name, &status) != NERR_Success) return std::nullopt;
  if (name != nullptr) NetApiBufferFree(name);
  if (status == NetSetupUnknownStatus) return std::nullopt;
  return status == NetSetupDomainName;
}

void put_version(System& out) {
  using GetVersion = LONG(WINAPI*)(OSVERSIONINFOEXW*);
  OSVERSIONINFOEXW info{};
  info.dwOSVersionInfoSize = sizeof info;
  const auto ask = function<GetVersion>("ntdll.dll", "RtlGetVersion");
  if (ask == nullptr || ask(&info) != 0) return;
  out.major = static_cast<int>(info.dwMajorVersion);
  out.minor = static_cast<int>(info.dwMinorVersion);
  out.build = static_cast<int>(info.dwBuildNumber);
  out.server = info.wProductType != VER_NT_WORKSTATION;
}

// One process at a time, its path and name; what may not be opened stays empty.
std::string path_of(DWORD pid) {
  const Handle process(OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION, FALSE, pid));
  if (!process.ok()) return "";
  wchar_t path[1024];
  DWORD size = 1024;
  if (QueryFullProcessImageNameW(process.get(), 0, path, &size) == 0) return "";
  return utf8({path, size});
}

std::map<DWORD, std::string> process_names() {
  std::map<DWORD, std::string> out;
  const Handle snapshot(CreateToolhelp32Snapshot(TH32CS_SNAPPROCESS, 0));
  PROCESSENTRY32W entry{};
  entry.dwSize = sizeof entry;
  for (BOOL more = snapshot.ok() ? Process32FirstW(snapshot.get(), &entry) : FALSE; more != 0;
       more = Process32NextW(snapshot.get(), &entry)) {
    out[entry.th32ProcessID] = utf8(entry.szExeFile);
  }
  return out;
}

std::string address_text(int family, const void* address) {
  char text[64] = {};
  using ToText = const char*(WINAPI*)(int, const void*, char*, std::size_t);
  const auto convert = function<ToText>("ws2_32.dll", "inet_ntop");
  if (convert == nullptr || convert(family, address, text, sizeof text) == nullptr) return "";
  return text;
}

int port_of(DWORD raw) { return static_cast<int>((raw & 0xFF) << 8 | (raw >> 8 & 0xFF)); }

class SocketTables {
 public:
  explicit SocketTables(Answers& out) : out_(out), names_(process_names()) {}

  bool take() {
    const auto tcp = function<Ask>("iphlpapi.dll", "GetExtendedTcpTable");
    const auto udp = function<Ask>("iphlpapi.dll", "GetExtendedUdpTable");
    if (tcp == nullptr || udp == nullptr) return false;
    bool any = take_table<MIB_TCPTABLE_OWNER_PID>(tcp, AF_INET, TCP_TABLE_OWNER_PID_LISTENER);
    any = take_table<MIB_TCP6TABLE_OWNER_PID>(tcp, AF_INET6, TCP_TABLE_OWNER_PID_LISTENER) || any;
    any = take_table<MIB_UDPTABLE_OWNER_PID>(udp, AF_INET, UDP_TABLE_OWNER_PID) || any;
    return take_table<MIB_UDP6TABLE_OWNER_PID>(udp, AF_INET6, UDP_TABLE_OWNER_PID) || any;
  }

 private:
  using Ask = DWORD(WINAPI*)(void*, DWORD*, BOOL, ULONG, int, ULONG);

  template <class Table>
  bool take_table(Ask ask, int family, int kind) {
    DWORD size = 0;
    ask(nullptr, &size, FALSE, static_cast<ULONG>(family), kind, 0);
    for (int round = 0; round < 5; ++round) {  // it may grow between the calls
      std::vector<std::uint64_t> room(size / 8 + 512);
      size = static_cast<DWORD>(room.size() * 8);
      const DWORD code = ask(room.data(), &size, FALSE, static_cast<ULONG>(family), kind, 0);
      if (code == ERROR_INSUFFICIENT_BUFFER) continue;
      if (code != NO_ERROR) return false;
      const auto* table = reinterpret_cast<const Table*>(room.data());
      for (DWORD i = 0; i < table->dwNumEntries; ++i) put(table->table[i]);
      return true;
    }
    return false;
  }
  void put(const MIB_TCPROW_OWNER_PID& r) {
    put("tcp", address_text(AF_INET, &r.dwLocalAddr), r.dwLocalPort, r.dwOwningPid);
  }
  void put(const MIB_TCP6ROW_OWNER_PID& r) {
    put("tcp", address_text(AF_INET6, r.ucLocalAddr), r.dwLocalPort, r.dwOwningPid);
  }
  void put(const MIB_UDPROW_OWNER_PID& r) {
    put("udp", address_text(AF_INET, &r.dwLocalAddr), r.dwLocalPort, r.dwOwningPid);
  }
  void put(const MIB_UDP6ROW_OWNER_PID& r) {
    put("udp", address_text(AF_INET6, r.ucLocalAddr), r.dwLocalPort, r.dwOwningPid);
  }
  void put(const char* protocol, std::string address, DWORD port, DWORD pid) {
    const auto name = names_.find(pid);
    out_.sockets.value.push_back({protocol, std::move(address), port_of(port), pid,
                                  name == names_.end() ? "" : name->second, path_of(pid)});
  }

  Answers& out_;
  std::map<DWORD, std::string> names_;
};

struct Service {
  SC_HANDLE raw = nullptr;
  explicit Service(SC_HANDLE handle) : raw(handle) {}
  Service(const Service&) = delete;
  Service& operator=(const Service&) = delete;
  ~Service() {
    if (raw != nullptr) CloseServiceHandle(raw);
  }
};

ServiceState state_of(SC_HANDLE manager, const ENUM_SERVICE_STATUS_PROCESSW& entry) {
  ServiceState out;
  out.name = utf8(entry.lpServiceName);
  out.running = entry.ServiceStatusProcess.dwCurrentState == SERVICE_RUNNING;
  out.driver = (entry.ServiceStatusProcess.dwServiceType & SERVICE_WIN32) == 0;
  const Service service(OpenServiceW(manager, entry.lpServiceName, SERVICE_QUERY_CONFIG));
  DWORD size = 0;
  if (service.raw == nullptr) return out;
  std::vector<std::uint64_t> room(1024);  // 8 KiB: the most this call takes
  auto* config = reinterpret_cast<QUERY_SERVICE_CONFIGW*>(room.data());
  if (QueryServiceConfigW(service.raw, config, 8192, &size) == 0) return out;
  out.start = static_cast<int>(config->dwStartType);
  if (config->lpBinaryPathName != nullptr) out.path = utf8(config->lpBinaryPathName);
  if (config->lpServiceStartName != nullptr) out.account = utf8(config->lpServiceStartName);
  return out;
}

}  // namespace

void ask_system(Answers& out) {
  System& s = out.system;
  wchar_t name[256];
  DWORD size = 256;
  if (GetComputerNameExW(ComputerNameDnsHostname, name, &size) != 0)
    s.computer = utf8({name, size});
  put_version(s);
  s.architecture = architecture();
  s.domain_joined = domain_joined();
  s.as_admin = is_elevated();
  s.booted_at = now_ms() - static_cast<std::int64_t>(GetTickCount64());
  wchar_t folder[MAX_PATH];
  if (const UINT n = GetWindowsDirectoryW(folder, MAX_PATH); n > 0 && n < MAX_PATH) {
    s.windows_folder = utf8({folder, n});
  }
  const auto set = [](std::string& out_text, const std::string& value) {
    if (!value.empty()) out_text = value;
  };
  set(s.program_data, variable(L"ProgramData"));
  set(s.program_files, variable(L"ProgramW6432"));
  if (variable(L"ProgramW6432").empty()) set(s.program_files, variable(L"ProgramFiles"));
  s.program_files_32 = variable(L"ProgramFiles(x86)");
}

void ask_services(Answers& out) {
  const Service manager(OpenSCManagerW(nullptr, nullptr, SC_MANAGER_ENUMERATE_SERVICE));
  if (manager.raw == nullptr) {
    const DWORD code = GetLastError();
    out.services.problem = code == ERROR_ACCESS_DENIED ? Problem::denied : Problem::broken;
    out.services.detail = detail_of("OpenSCManager", code);
    return;
  }
  DWORD resume = 0;
  std::vector<std::uint64_t> room(kServicePageBytes / 8);
  out.services.problem = Problem::too_large;
  for (int page = 0; page < kServicePages; ++page) {
    DWORD needed = 0;
    DWORD count = 0;
    const BOOL done = EnumServicesStatusExW(
        manager.raw, SC_ENUM_PROCESS_INFO, SERVICE_WIN32 | SERVICE_DRIVER, SERVICE_STATE_ALL,
        reinterpret_cast<BYTE*>(room.data()), static_cast<DWORD>(room.size() * 8), &needed, &count,
        &resume, nullptr);
    const DWORD code = GetLastError();
    if (done == 0 && code != ERROR_MORE_DATA) {
      out.services.problem = Problem::broken;
      out.services.detail = detail_of("EnumServicesStatusEx", code);
      return;
    }
    const auto* entries = reinterpret_cast<const ENUM_SERVICE_STATUS_PROCESSW*>(room.data());
    for (DWORD i = 0; i < count; ++i) {
      out.services.value.push_back(state_of(manager.raw, entries[i]));
    }
    if (done == 0) continue;
    out.services.problem = Problem::none;
    return;
  }
}

void ask_sockets(Answers& out) {
  const bool answered = SocketTables(out).take();
  out.sockets.problem = answered ? Problem::none : Problem::broken;
  if (!answered) out.sockets.detail = "GetExtendedTcpTable";
}

}  // namespace khien::windows
