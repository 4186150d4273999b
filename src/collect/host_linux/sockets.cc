// Read from /proc and not from ss: the same numbers without another program. Addresses are words of
// four bytes in the machine's own (little-endian) order.
#include "collect/host_linux/sockets.h"

#include <arpa/inet.h>

#include <charconv>
#include <cstring>

#include "collect/host_linux/survey.h"

namespace khien::host {
namespace {

template <class T>
bool from_hex(std::string_view text, T& out) {
  const char* end = text.data() + text.size();
  const auto [at, ec] = std::from_chars(text.data(), end, out, 16);
  return !text.empty() && ec == std::errc() && at == end;
}

// "0100007F:1F90" or 32 hex digits; false when malformed.
bool parse_endpoint(std::string_view text, std::string& address, int& port) {
  const std::size_t colon = text.find(':');
  if (colon != 8 && colon != 32) return false;
  unsigned char raw[16];
  for (std::size_t word = 0; word * 8 < colon; ++word) {
    std::uint32_t value = 0;
    if (!from_hex(text.substr(word * 8, 8), value)) return false;
    std::memcpy(raw + word * 4, &value, 4);
  }
  char printed[INET6_ADDRSTRLEN];
  const int family = colon == 8 ? AF_INET : AF_INET6;
  if (::inet_ntop(family, raw, printed, sizeof printed) == nullptr) return false;
  address = printed;
  return from_hex(text.substr(colon + 1), port) && port >= 0 && port <= 65535;
}

std::string scope_of(const std::string& address) {
  if (address == "0.0.0.0" || address == "::") return "any";
  const bool loopback = address.starts_with("127.") || address == "::1" ||
                        address.starts_with("::ffff:127.");
  return loopback ? "loopback" : "address";
}

void put_socket(Survey& survey, const Socket& s, const char* protocol) {
  Row& row = survey.add("listening_socket");
  put(row, "protocol", protocol);
  put(row, "address", s.address);
  row["port"] = std::int64_t{s.port};
  put(row, "scope", s.scope);
  put(row, "owner", survey.login_of(s.uid));
  const auto held = survey.processes.sockets.find(s.inode);
  if (held == survey.processes.sockets.end()) return;
  const Process& p = survey.processes.all[held->second];
  row["pid"] = p.pid;
  put(row, "program", p.name);
  put(row, "program_path", p.program);
}

}  // namespace

std::vector<Socket> parse_sockets(std::string_view text, bool udp) {
  std::vector<Socket> out;
  each_line(text, [&](std::string_view line) {
    const std::vector<std::string_view> f = words(line);
    if (f.size() < 10 || !f[0].ends_with(':')) return;
    Socket s;
    std::string far;
    int far_port = 0;
    if (!parse_endpoint(f[1], s.address, s.port) || !parse_endpoint(f[2], far, far_port)) return;
    if (f[3] != (udp ? "07" : "0A") || (udp && far_port != 0) || s.port == 0) return;
    const auto uid = number(f[7]);
    const auto inode = number(f[9]);
    if (!uid || !inode || *inode < 0) return;
    s.uid = *uid;
    s.inode = static_cast<std::uint64_t>(*inode);
    s.scope = scope_of(s.address);
    out.push_back(std::move(s));
  });
  return out;
}

void collect_listening_socket(Survey& survey) {
  survey.begin("listening_socket");
  struct Source {
    const char* path;
    const char* protocol;
  };
  static constexpr Source sources[] = {{"/proc/net/tcp", "tcp"},
                                       {"/proc/net/tcp6", "tcp"},
                                       {"/proc/net/udp", "udp"},
                                       {"/proc/net/udp6", "udp"}};
  std::size_t read = 0;
  for (const Source& source : sources) {
    const FileBytes text = survey.files.read(source.path, kSocketBytes);
    const bool six = std::string_view(source.path).ends_with('6');
    if (text.ok() && text.bytes.find("local_address") != std::string::npos) {
      ++read;
    } else if (text.ok()) {
      survey.partial("listening_socket", "reason.host.unreadable", source.path);
    } else if (!six || text.problem != Problem::absent) {  // IPv6 may be switched off
      survey.partial("listening_socket", reason_of(text.problem), source.path);
    }
    for (const Socket& s : parse_sockets(text.bytes, std::string_view(source.protocol) == "udp")) {
      put_socket(survey, s, source.protocol);
    }
  }
  if (read == 0) {
    const bool there = survey.files.exists(sources[0].path);
    survey.missing("listening_socket", there ? "reason.host.unreadable" : "reason.host.not_live",
                   "/proc/net");
  }
  if (!survey.processes.sockets_all || !survey.processes.visible) {
    for (const char* column : {"pid", "program", "program_path"}) {
      survey.gap("listening_socket", column, "reason.host.owners_hidden");
    }
  }
}

}  // namespace khien::host
