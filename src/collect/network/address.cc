// Which addresses a check may reach: a portal's name that leads into the agency's own network is
// refused unless the source says so, since whoever owns the name could aim it at anything.
#include "collect/network/address.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <sys/socket.h>

#include <cstring>

#include "base/text.h"
#include "collect/network/errors.h"
#include "engine/portal/errors.h"

namespace khien::net {
namespace {

constexpr std::size_t kAddresses = 8;

struct Block {
  std::uint32_t base;
  int bits;
};

bool public_v4(std::uint32_t ip) {
  static constexpr Block kReserved[] = {
      {0x00000000, 8},  {0x0A000000, 8},  {0x64400000, 10}, {0x7F000000, 8},  {0xA9FE0000, 16},
      {0xAC100000, 12}, {0xC0000000, 24}, {0xC0000200, 24}, {0xC0586300, 24}, {0xC0A80000, 16},
      {0xC6120000, 15}, {0xC6336400, 24}, {0xCB007100, 24}, {0xE0000000, 3}};
  for (const Block& block : kReserved) {
    if ((ip ^ block.base) >> (32 - block.bits) == 0) return false;
  }
  return true;
}

std::uint32_t v4_at(const unsigned char* bytes) {
  return static_cast<std::uint32_t>(bytes[0]) << 24 | static_cast<std::uint32_t>(bytes[1]) << 16 |
         static_cast<std::uint32_t>(bytes[2]) << 8 | bytes[3];
}

bool public_v6(const unsigned char* b) {
  static constexpr unsigned char kMapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
  static constexpr unsigned char kTranslated[12] = {0, 0x64, 0xFF, 0x9B};
  if (std::memcmp(b, kMapped, 12) == 0 || std::memcmp(b, kTranslated, 12) == 0) {
    return public_v4(v4_at(b + 12));
  }
  if ((b[0] & 0xE0) != 0x20) return false;  // global unicast is 2000::/3
  if (b[0] == 0x20 && b[1] == 0x02) return public_v4(v4_at(b + 2));              // 6to4
  if (b[0] == 0x20 && b[1] == 0x01 && b[2] == 0 && b[3] == 0) return false;       // Teredo
  return !(b[0] == 0x20 && b[1] == 0x01 && b[2] == 0x0D && b[3] == 0xB8);         // documentation
}

Error wrong(std::string_view value, const char* wanted) {
  return Error{err::target_invalid, "", {{"value", shorten(value, 80)}, {"wanted", wanted}}};
}

bool host_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

}  // namespace

bool is_public(const std::string& ip) {
  unsigned char bytes[16] = {};
  if (inet_pton(AF_INET, ip.c_str(), bytes) == 1) return public_v4(v4_at(bytes));
  if (inet_pton(AF_INET6, ip.c_str(), bytes) == 1) return public_v6(bytes);
  return false;
}

bool is_address(const std::string& text) {
  unsigned char bytes[16] = {};
  return inet_pton(AF_INET, text.c_str(), bytes) == 1 ||
         inet_pton(AF_INET6, text.c_str(), bytes) == 1;
}

Result<std::string> parse_domain(std::string_view text) {
  constexpr std::size_t kName = 253;
  constexpr std::size_t kLabel = 63;
  std::string out = ascii_lower(text);
  if (out.ends_with('.')) out.pop_back();
  std::size_t label = 0;
  bool good = !out.empty() && out.size() <= kName;
  for (const char c : out) {
    good = good && (c == '.' ? label > 0 : host_letter(c));
    label = c == '.' ? 0 : label + 1;
    good = good && label <= kLabel;
  }
  if (!good || label == 0) return pass_on(wrong(text, "so-mau.tinhmau.test"));
  return out;
}

Result<Target> parse_target(std::string_view text, std::uint16_t default_port) {
  const char* wanted = "HOST:PORT";
  std::string_view host = text;
  std::string_view port;
  if (text.starts_with('[')) {
    const std::size_t end = text.find(']');
    if (end == std::string_view::npos) return pass_on(wrong(text, wanted));
    host = text.substr(1, end - 1);
    port = text.substr(end + 1);
    if (!port.empty() && !port.starts_with(':')) return pass_on(wrong(text, wanted));
    if (!port.empty()) port.remove_prefix(1);
  } else if (const std::size_t at = text.rfind(':'); at != std::string_view::npos) {
    host = text.substr(0, at);
    port = text.substr(at + 1);
  }
  Target out;
  std::uint32_t number = port.empty() ? default_port : 0;
  for (const char c : port) {
    if (c < '0' || c > '9' || number > 65535) return pass_on(wrong(text, wanted));
    number = number * 10 + static_cast<std::uint32_t>(c - '0');
  }
  if (number == 0 || number > 65535) return pass_on(wrong(text, wanted));
  out.port = static_cast<std::uint16_t>(number);
  out.host = std::string(host);
  if (is_address(out.host)) return out;
  if (text.starts_with('[')) return pass_on(wrong(text, wanted));
  auto domain = parse_domain(host);
  if (!domain) return pass_on(wrong(text, wanted));
  out.host = *domain;
  return out;
}

Result<std::vector<Address>> resolve(const Target& target, bool allow_private) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  const int code = getaddrinfo(target.host.c_str(), nullptr, &hints, &found);
  if (code != 0) {
    return fail(err::name_unresolved, target.host,
                {{"host", target.host}, {"detail", gai_strerror(code)}});
  }
  const std::unique_ptr<addrinfo, void (*)(addrinfo*)> held(found, freeaddrinfo);
  std::vector<Address> out;
  for (const addrinfo* a = found; a != nullptr && out.size() < kAddresses; a = a->ai_next) {
    char text[INET6_ADDRSTRLEN] = {};
    const void* raw = nullptr;
    if (a->ai_family == AF_INET) {
      raw = &reinterpret_cast<const sockaddr_in*>(a->ai_addr)->sin_addr;
    } else if (a->ai_family == AF_INET6) {
      raw = &reinterpret_cast<const sockaddr_in6*>(a->ai_addr)->sin6_addr;
    }
    if (raw == nullptr || inet_ntop(a->ai_family, raw, text, sizeof text) == nullptr) continue;
    if (!allow_private && !is_public(text)) {
      return fail(err::address_private, target.host,
                  {{"host", target.host}, {"address", text}});
    }
    out.push_back({a->ai_family == AF_INET6, text, target.port});
  }
  if (out.empty()) {
    return fail(err::name_unresolved, target.host, {{"host", target.host}, {"detail", ""}});
  }
  return out;
}

}  // namespace khien::net
