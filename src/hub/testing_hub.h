// A whole hub for tests: in a folder of its own, on a free port of 127.0.0.1, with a client that
// speaks plain HTTP/1.1 by a socket of its own.
#pragma once

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <chrono>
#include <string>
#include <thread>

#include "base/clock.h"
#include "base/content.h"
#include "base/file.h"
#include "base/text.h"
#include "hub/access/sign_in.h"
#include "hub/data/agency.h"
#include "hub/data/user.h"
#include "hub/service/service.h"

namespace khien::hub {

struct Reply {
  int status = 0;
  Fields headers;  // names in lower case
  std::string body;
  [[nodiscard]] Node json() const { return parse_json(body, "reply").value_or(Node{}); }
  [[nodiscard]] std::string header(std::string_view name) const {
    for (const auto& [key, value] : headers) {
      if (key == name) return value;
    }
    return "";
  }
};

class TestLine {  // one TCP connection
 public:
  explicit TestLine(std::uint16_t port) : fd_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(port);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const timeval wait{20, 0};
    ::setsockopt(fd_.get(), SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
    good_ = ::connect(fd_.get(), reinterpret_cast<sockaddr*>(&to), sizeof to) == 0;
  }
  [[nodiscard]] bool good() const { return good_; }
  bool send(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t n = ::send(fd_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (n <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(n));
    }
    return true;
  }
  bool more() {  // reads what is there
    char piece[65536];
    const ssize_t n = ::recv(fd_.get(), piece, sizeof piece, 0);
    if (n <= 0) return false;
    got_.append(piece, static_cast<std::size_t>(n));
    return true;
  }
  std::string& got() { return got_; }
  // The next answer; status 0 when the line is cut before it is whole.
  Reply reply(bool head_only = false) {
    std::size_t end = 0;
    while ((end = got_.find("\r\n\r\n")) == std::string::npos) {
      if (!more()) return {};
    }
    Reply out = parse_head(got_.substr(0, end));
    got_.erase(0, end + 4);
    if (out.status == 100) return reply(head_only);
    if (head_only || out.status == 304 || out.status == 204) return out;
    if (out.header("transfer-encoding") == "chunked") return read_chunks(std::move(out));
    const std::size_t size = std::stoul("0" + out.header("content-length"));
    while (got_.size() < size) {
      if (!more()) return {};
    }
    out.body = got_.substr(0, size);
    got_.erase(0, size);
    return out;
  }

 private:
  static Reply parse_head(const std::string& head) {
    Reply out;
    if (head.size() > 12) out.status = std::atoi(head.c_str() + 9);
    std::size_t at = head.find("\r\n");
    while (at != std::string::npos) {
      const std::size_t next = head.find("\r\n", at + 2);
      const std::string line = head.substr(at + 2, next - at - 2);
      const std::size_t colon = line.find(": ");
      if (colon != std::string::npos) {
        out.headers.emplace_back(ascii_lower(line.substr(0, colon)), line.substr(colon + 2));
      }
      at = next;
    }
    return out;
  }
  Reply read_chunks(Reply out) {
    for (;;) {
      std::size_t end = 0;
      while ((end = got_.find("\r\n")) == std::string::npos) {
        if (!more()) return {};
      }
      const std::size_t size = std::stoul(got_.substr(0, end), nullptr, 16);
      while (got_.size() < end + 2 + size + 2) {
        if (!more()) return {};
      }
      out.body += got_.substr(end + 2, size);
      got_.erase(0, end + 2 + size + 2);
      if (size == 0) return out;
    }
  }
  Fd fd_;
  bool good_ = false;
  std::string got_;
};

// A browser: keeps its cookie and the session's token.
class TestClient {
 public:
  explicit TestClient(std::uint16_t port) : port_(port) {}

  Reply call(const std::string& method, const std::string& path, const std::string& body = "",
             const Fields& more = {}) {
    TestLine line(port_);
    if (!line.good() || !line.send(text_of(method, path, body, more))) return {};
    Reply out = line.reply(method == "HEAD");
    const std::string set = out.header("set-cookie");
    if (set.starts_with("khien=")) cookie_ = set.substr(0, set.find(';'));
    return out;
  }
  Reply get(const std::string& path) { return call("GET", "/api/v1" + path); }
  Reply post(const std::string& path, const Node& body) {
    return call("POST", "/api/v1" + path, body.is_null() ? "" : to_json(body));
  }
  Reply follow(const std::string& link) {  // "http://.../#link=TOKEN"
    const std::string token = link.substr(link.find('=') + 1);
    const Reply out = post("/session/link", Node::map({{"token", token}}));
    csrf = out.json()["csrf"].text();
    return out;
  }
  void enter(const std::string& secret) {  // by the secret of a session that is there
    cookie_ = "khien=" + secret;
    csrf = get("/session").json()["csrf"].text();
  }
  [[nodiscard]] std::string text_of(const std::string& method, const std::string& path,
                                    const std::string& body, const Fields& more) const {
    std::string out = method + " " + path + " HTTP/1.1\r\nHost: " + host + ":" +
                      std::to_string(port_) + "\r\n";
    if (!cookie_.empty()) out += "Cookie: " + cookie_ + "\r\n";
    if (!csrf.empty()) out += "X-Khien-Token: " + csrf + "\r\n";
    for (const auto& [name, value] : more) out += name + ": " + value + "\r\n";
    const bool typed = std::any_of(more.begin(), more.end(),
                                   [](const auto& f) { return f.first == "Content-Type"; });
    if (!body.empty() && !typed) out += "Content-Type: application/json\r\n";
    if (method != "GET" && method != "HEAD") {
      out += "Content-Length: " + std::to_string(body.size()) + "\r\n";
    }
    return out + "\r\n" + body;
  }
  std::string csrf;
  std::string host = "127.0.0.1";  // as the browser calls the server
  std::int64_t user_id = 0;

 private:
  std::uint16_t port_;
  std::string cookie_;
};

class TestHub {
 public:
  explicit TestHub(ServiceOptions options = {}, const std::filesystem::path& folder = {})
      : content_(*Content::open(built_in_content())) {
    if (folder.empty()) temp_ = std::make_unique<TempFolder>(*TempFolder::make());
    options.folder = folder.empty() ? temp_->path() / "data" : folder;
    options.version = "test";
    options.check_answers = true;
    auto opened = Service::open(std::move(options), content_, clock_);
    if (!opened) {
      ADD_FAILURE() << to_string(opened.error());
      return;
    }
    service_ = std::move(*opened);
    thread_ = std::thread([this] {
      if (const auto ran = service_->run(); !ran) ADD_FAILURE() << to_string(ran.error());
    });
  }
  ~TestHub() { stop(); }
  void stop() {
    if (!thread_.joinable()) return;
    service_->stop();
    thread_.join();
  }
  Service& service() { return *service_; }
  Data& data() { return service_->hub().data; }
  std::uint16_t port() { return service_->port(); }
  TestClient stranger() { return TestClient(port()); }
  TestClient admin() {
    TestClient out(port());
    const auto link = service_->first_link();
    if (!link) ADD_FAILURE() << to_string(link.error());
    else EXPECT_EQ(out.follow(*link).status, 200);
    return out;
  }
  // A new agency below `parent`.
  std::int64_t agency(std::int64_t parent, const std::string& name) {
    const auto made = data().touch([&](const Database& db) -> Result<std::int64_t> {
      KHIEN_TRY(Statement s, db.prepare("insert into agency(name, parent_id) values(?1, ?2)"));
      KHIEN_DO(s.bind(1, name).bind(2, parent).run());
      return db.last_rowid();
    });
    return made.value_or(0);
  }
  std::int64_t root() {
    return data().touch([](const Database& db) { return root_agency(db); }).value_or(0);
  }
  // A new user of that role, without a password, in a session of his own.
  TestClient as(const std::string& role, std::int64_t agency_id) {
    User user;
    user.agency_id = agency_id;
    user.login = role + std::to_string(++users_);
    user.name = user.login;
    user.role = role;
    user.created_at = 1;
    const auto made = data().touch([&](const Database& db) { return add_user(db, user); });
    TestClient out(port());
    if (!made) {
      ADD_FAILURE() << to_string(made.error());
      return out;
    }
    user.id = *made;
    out.user_id = user.id;
    const auto secret = begin_session(data(), user, "127.0.0.1");
    if (secret) out.enter(*secret);
    return out;
  }
  // Until a job has ended.
  static Node wait_for(TestClient& client, const std::string& job_id) {
    for (int i = 0; i < 3'000; ++i) {
      Node job = client.get("/jobs/" + job_id).json();
      const std::string state = job["state"].text();
      if (state != "queued" && state != "running") return job;
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    ADD_FAILURE() << "job " << job_id << " does not end";
    return {};
  }

 private:
  Content content_;
  SystemClock clock_;
  std::unique_ptr<TempFolder> temp_;
  std::unique_ptr<Service> service_;
  std::thread thread_;
  int users_ = 0;
};

}  // namespace khien::hub
