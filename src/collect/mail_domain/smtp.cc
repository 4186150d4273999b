// RFC 5321 replies are lines "250-..." and a last "250 ..."; both their number and length are
// bounded here.
#include "collect/mail_domain/smtp.h"

#include "base/text.h"
#include "collect/network/errors.h"
#include "engine/portal/errors.h"

namespace khien::mail_domain {
namespace {

constexpr std::size_t kLine = 2048;
constexpr int kLines = 100;

struct Reply {
  std::string code;
  std::vector<std::string> lines;  // without the code, upper case
};

Result<Reply> read_reply(net::Connection& connection, const std::string& host) {
  Reply out;
  for (int i = 0; i < kLines; ++i) {
    KHIEN_TRY(std::string line, connection.read_line(kLine));
    const bool numbered = line.size() >= 3 && line.find_first_not_of("0123456789") >= 3;
    if (!numbered || (line.size() > 3 && line[3] != ' ' && line[3] != '-')) {
      return fail(err::answer_malformed, host, {{"detail", "SMTP"}});
    }
    out.code = line.substr(0, 3);
    const bool last = line.size() == 3 || line[3] == ' ';
    line = ascii_upper(line);
    out.lines.push_back(line.size() > 4 ? line.substr(4) : "");
    if (last) return out;
  }
  return fail(err::answer_too_large, host, {{"limit", std::to_string(kLines)}});
}

Result<Reply> need(net::Connection& connection, const std::string& host, const char* code) {
  KHIEN_TRY(Reply reply, read_reply(connection, host));
  if (reply.code == code) return reply;
  return fail(err::answer_malformed, host, {{"detail", "SMTP " + reply.code}});
}

Result<net::Connection> greeted(const net::Address& address, const std::string& host,
                                int timeout_ms, bool& offers_tls) {
  KHIEN_TRY(net::Connection connection, net::Connection::open(address, timeout_ms));
  KHIEN_TRY([[maybe_unused]] const Reply banner, need(connection, host, "220"));
  const std::string literal = (connection.v6() ? "IPv6:" : "") + connection.own_ip();
  KHIEN_DO(connection.write("EHLO [" + literal + "]\r\n"));
  KHIEN_TRY(const Reply hello, need(connection, host, "250"));
  offers_tls = std::any_of(hello.lines.begin() + 1, hello.lines.end(), [](const auto& line) {
    return line == "STARTTLS" || line.starts_with("STARTTLS ");
  });
  return connection;
}

// What the server offers and agrees on when it may choose the version.
Result<SmtpFacts> first_look(const net::Address& address, const std::string& host, int timeout_ms,
                             const std::string& authorities) {
  SmtpFacts out;
  KHIEN_TRY(net::Connection connection, greeted(address, host, timeout_ms, out.starttls));
  if (!out.starttls) {
    [[maybe_unused]] const auto said = connection.write("QUIT\r\n");
    return out;
  }
  KHIEN_DO(connection.write("STARTTLS\r\n"));
  KHIEN_TRY([[maybe_unused]] const Reply go, need(connection, host, "220"));
  auto tls = connection.start_tls({host, false, authorities});
  if (tls) out.tls = std::move(*tls);
  else out.tls_problem = tls.error().code;
  return out;
}

// A second connection that offers nothing but the old versions: only a refusal of the handshake
// says that they are off.
std::optional<bool> takes_old_tls(const net::Address& address, const std::string& host,
                                  int timeout_ms, const std::string& authorities) {
  bool offers = false;
  auto connection = greeted(address, host, timeout_ms, offers);
  if (!connection || !offers || !connection->write("STARTTLS\r\n")) return std::nullopt;
  if (!need(*connection, host, "220")) return std::nullopt;
  const auto old = connection->start_tls({host, true, authorities});
  if (!old && old.error().code != std::string(err::tls_failed)) return std::nullopt;
  return old.has_value();
}

}  // namespace

Result<SmtpFacts> look_at_smtp(const net::Address& address, const std::string& host,
                               int timeout_ms, const std::string& authorities) {
  KHIEN_TRY(SmtpFacts out, first_look(address, host, timeout_ms, authorities));
  if (out.tls) out.old_tls = takes_old_tls(address, host, timeout_ms, authorities);
  return out;
}

}  // namespace khien::mail_domain
