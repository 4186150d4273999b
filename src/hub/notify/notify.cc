#include "hub/notify/notify.h"

#include <curl/curl.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <sys/stat.h>
#include <unistd.h>

#include <memory>

#include <fmt/format.h>

#include "base/base64.h"
#include "base/calendar.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/text.h"
#include "hub/errors.h"

namespace khien::hub {
namespace fs = std::filesystem;
namespace {

constexpr long kConnectSeconds = 10;
constexpr long kWholeSeconds = 30;
constexpr std::size_t kSecretBytes = 4096;
constexpr std::size_t kSaidBytes = 300;
constexpr std::size_t kAddressBytes = 254;
constexpr std::size_t kKeyBytes = 32;
constexpr long kOk = 200;
constexpr long kMultiple = 300;

struct Free {
  void operator()(CURL* p) const { curl_easy_cleanup(p); }
  void operator()(curl_slist* p) const { curl_slist_free_all(p); }
};
using Easy = std::unique_ptr<CURL, Free>;
using List = std::unique_ptr<curl_slist, Free>;

struct Transfer {
  std::string_view out;  // what is still to be sent
  std::string said;      // the last line of the other side
};

std::size_t give_bytes(char* to, std::size_t, std::size_t room, void* raw) {
  auto& t = *static_cast<Transfer*>(raw);
  const std::size_t n = std::min(room, t.out.size());
  t.out.copy(to, n);
  t.out.remove_prefix(n);
  return n;
}
std::size_t drop_bytes(char*, std::size_t, std::size_t size, void*) { return size; }
std::size_t take_line(char* data, std::size_t, std::size_t size, void* raw) {
  const std::string line(trim(std::string_view(data, size)));
  std::string& said = static_cast<Transfer*>(raw)->said;
  const bool refused = said.starts_with('4') || said.starts_with('5');  // what follows is good-bye
  if (!line.empty() && !line.starts_with("221") && !refused) said = line.substr(0, kSaidBytes);
  return size;
}

Result<Easy> begin_transfer(const std::string& url, Transfer& transfer) {
  Easy easy(curl_easy_init());
  if (!easy) return fail(err::hub_internal, "libcurl", {{"detail", "curl_easy_init"}});
  curl_easy_setopt(easy.get(), CURLOPT_URL, url.c_str());
  curl_easy_setopt(easy.get(), CURLOPT_PROTOCOLS_STR, "smtp,smtps,http,https");
  curl_easy_setopt(easy.get(), CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy.get(), CURLOPT_NETRC, CURL_NETRC_IGNORED);
  curl_easy_setopt(easy.get(), CURLOPT_PROXY, "");
  curl_easy_setopt(easy.get(), CURLOPT_CONNECTTIMEOUT, kConnectSeconds);
  curl_easy_setopt(easy.get(), CURLOPT_TIMEOUT, kWholeSeconds);
  curl_easy_setopt(easy.get(), CURLOPT_HEADERFUNCTION, take_line);
  curl_easy_setopt(easy.get(), CURLOPT_HEADERDATA, &transfer);
  curl_easy_setopt(easy.get(), CURLOPT_WRITEFUNCTION, drop_bytes);
  return easy;
}

tl::unexpected<Error> refused(const Transfer& transfer, const char* why) {
  std::string detail = why;
  if (!transfer.said.empty()) detail += " (" + transfer.said + ")";
  return fail(err::mail_settings, "", {{"detail", visible(detail)}});
}

std::string encoded_word(const std::string& text) {
  constexpr std::size_t kWordChars = 20;  // an encoded word is at most 75 bytes
  std::string out;
  std::u32string rest = to_u32(text);
  while (!rest.empty()) {
    const std::size_t n = std::min(rest.size(), kWordChars);
    out += (out.empty() ? "" : "\r\n ") + std::string("=?UTF-8?B?") +
           base64_text(to_utf8(rest.substr(0, n))) + "?=";
    rest.erase(0, n);
  }
  return out;
}

std::string folded_base64(const std::string& text) {
  constexpr std::size_t kLine = 76;
  const std::string all = base64_text(text);
  std::string out;
  for (std::size_t at = 0; at < all.size(); at += kLine) out += all.substr(at, kLine) + "\r\n";
  return out;
}

std::string mail_date(std::int64_t now_ms) {  // "Tue, 01 Dec 2026 08:30:00 +0700"
  static constexpr const char* kDays[] = {"Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"};
  static constexpr const char* kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                            "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const Date day = local_date(now_ms);
  const std::int64_t seconds = (now_ms - start_of_day_ms(day)) / 1000;
  return fmt::format("{}, {:02} {} {} {:02}:{:02}:{:02} +0700",
                     kDays[static_cast<std::size_t>(to_days(day) % 7)], day.day,
                     kMonths[day.month - 1], day.year, seconds / 3600, seconds / 60 % 60,
                     seconds % 60);
}

bool is_this_machine(const std::string& host) {
  return host == "localhost" || host == "127.0.0.1" || host == "::1";
}

}  // namespace

MailServer mail_server_from(const Node& node) {
  MailServer out;
  out.host = node["host"].text();
  out.port = node["port"].integer(out.port);
  out.security = node["security"].text(out.security);
  out.user = node["user"].text();
  out.sender = node["sender"].text();
  out.authorities = node["authorities"].text();
  return out;
}

Node mail_server_node(const MailServer& s) {
  return Node::map({{"host", s.host}, {"port", s.port}, {"security", s.security},
                    {"user", s.user}, {"sender", s.sender}, {"authorities", s.authorities}});
}

Result<std::string> read_secret(const fs::path& file) {
  struct stat st {};
  if (::stat(file.c_str(), &st) != 0) return std::string();
  constexpr mode_t kOthers = 0077;
  if ((st.st_mode & kOthers) != 0) {
    return fail(err::mail_settings, file.string(),
                {{"detail", file.filename().string() + " 0600"}});
  }
  KHIEN_TRY(const std::string text, read_file(file, kSecretBytes));
  return std::string(trim(text.substr(0, text.find('\n'))));
}

Result<std::string> need_secret(const fs::path& file) {
  KHIEN_TRY(std::string there, read_secret(file));
  if (!there.empty()) return there;
  KHIEN_TRY(const std::string raw, random_bytes(kKeyBytes));
  const std::string made = hex(raw);
  KHIEN_DO(write_file(file, made + "\n", Access::owner));
  return made;
}

bool is_mail_address(const std::string& address) {
  if (address.empty() || address.size() > kAddressBytes) return false;
  std::size_t ats = 0;
  for (const char c : address) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte <= ' ' || byte == 0x7F || c == '<' || c == '>' || c == ',' || c == ';') return false;
    ats += c == '@';
  }
  return ats == 1 && address.front() != '@' && address.back() != '@';
}

std::string mail_text(const MessageRow& message, const std::string& sender, std::int64_t now_ms) {
  const std::string domain = sender.substr(sender.find('@') + 1);
  return fmt::format("From: <{}>\r\nTo: <{}>\r\nSubject: {}\r\nDate: {}\r\n"
                     "Message-ID: <khien.{}.{}@{}>\r\nAuto-Submitted: auto-generated\r\n"
                     "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
                     "Content-Transfer-Encoding: base64\r\n\r\n{}",
                     sender, message.address, encoded_word(squeeze(message.subject)),
                     mail_date(now_ms), message.id, message.made_at, domain,
                     folded_base64(message.body));
}

Result<std::string> send_mail(const MailServer& server, const std::string& password,
                              const MessageRow& message, std::int64_t now_ms) {
  Transfer transfer;
  const bool bare = server.security == "none";
  if (!is_mail_address(server.sender) || !is_mail_address(message.address)) {
    return refused(transfer, "address");
  }
  if (bare && !server.user.empty() && !is_this_machine(server.host)) {
    return refused(transfer, "password without TLS");  // it would go over the network bare
  }
  const std::string text = mail_text(message, server.sender, now_ms);
  transfer.out = text;
  const std::string url = fmt::format("{}://{}:{}", server.security == "tls" ? "smtps" : "smtp",
                                      server.host, server.port);
  KHIEN_TRY(const Easy easy, begin_transfer(url, transfer));
  const List to(curl_slist_append(nullptr, ("<" + message.address + ">").c_str()));
  const std::string from = "<" + server.sender + ">";
  curl_easy_setopt(easy.get(), CURLOPT_USE_SSL, bare ? CURLUSESSL_NONE : CURLUSESSL_ALL);
  curl_easy_setopt(easy.get(), CURLOPT_MAIL_FROM, from.c_str());
  curl_easy_setopt(easy.get(), CURLOPT_MAIL_RCPT, to.get());
  curl_easy_setopt(easy.get(), CURLOPT_UPLOAD, 1L);
  curl_easy_setopt(easy.get(), CURLOPT_READFUNCTION, give_bytes);
  curl_easy_setopt(easy.get(), CURLOPT_READDATA, &transfer);
  curl_blob trusted{const_cast<char*>(server.authorities.data()), server.authorities.size(),
                    CURL_BLOB_NOCOPY};
  if (trusted.len > 0) curl_easy_setopt(easy.get(), CURLOPT_CAINFO_BLOB, &trusted);
  if (!server.user.empty()) {
    curl_easy_setopt(easy.get(), CURLOPT_USERNAME, server.user.c_str());
    curl_easy_setopt(easy.get(), CURLOPT_PASSWORD, password.c_str());
  }
  const CURLcode code = curl_easy_perform(easy.get());
  if (code != CURLE_OK) return refused(transfer, curl_easy_strerror(code));
  return visible(transfer.said);
}

std::string webhook_signature(const std::string& key, std::int64_t now_ms,
                              const std::string& body) {
  const std::string text = fmt::format("{}.{}", now_ms, body);
  unsigned char sum[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
       reinterpret_cast<const unsigned char*>(text.data()), text.size(), sum, &size);
  return "sha256=" + hex({reinterpret_cast<const char*>(sum), size});
}

Result<std::string> call_webhook(const std::string& url, const std::string& key,
                                 const MessageRow& message, std::int64_t now_ms) {
  Transfer transfer;
  if (!url.starts_with("https://") && !url.starts_with("http://")) {
    return refused(transfer, "https://");
  }
  KHIEN_TRY(const Easy easy, begin_transfer(url, transfer));
  List headers(curl_slist_append(nullptr, "Content-Type: application/json"));
  const std::string time = fmt::format("X-Khien-Time: {}", now_ms);
  const std::string sign = "X-Khien-Signature: " + webhook_signature(key, now_ms, message.body);
  curl_slist_append(headers.get(), time.c_str());
  curl_slist_append(headers.get(), sign.c_str());
  curl_easy_setopt(easy.get(), CURLOPT_HTTPHEADER, headers.get());
  curl_easy_setopt(easy.get(), CURLOPT_POST, 1L);
  curl_easy_setopt(easy.get(), CURLOPT_POSTFIELDS, message.body.data());
  curl_easy_setopt(easy.get(), CURLOPT_POSTFIELDSIZE, static_cast<long>(message.body.size()));
  curl_easy_setopt(easy.get(), CURLOPT_FOLLOWLOCATION, 0L);
  const CURLcode code = curl_easy_perform(easy.get());
  if (code != CURLE_OK) return refused(transfer, curl_easy_strerror(code));
  long status = 0;
  curl_easy_getinfo(easy.get(), CURLINFO_RESPONSE_CODE, &status);
  const std::string said = fmt::format("HTTP {}", status);
  if (status < kOk || status >= kMultiple) return refused({}, said.c_str());
  return said;
}

}  // namespace khien::hub
