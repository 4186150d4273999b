// The server alone, with an application of the test's own: what goes over the line.
#include "hub/testing_hub.h"

#include "hub/errors.h"
#include "hub/server/receiving.h"

namespace khien::hub {
namespace {

class Echo final : public Application {
 public:
  Reception expect(const Request& head) const override {
    if (head.path == "/raw") return {BodyKind::raw, std::uint64_t{1} << 20};
    if (head.method == "POST") return {BodyKind::json, kJsonBytes};
    return {};
  }
  std::optional<Response> refuse(const Request& head) override {
    if (head.header("x-refuse").empty()) return {};
    return problem(head, Error{err::hub_not_allowed, "", {}});
  }
  Response answer(Request& request) override {
    Response out;
    out.type = "text/plain";
    if (request.path == "/slow") std::this_thread::sleep_for(std::chrono::milliseconds(300));
    if (request.path == "/throw") throw std::runtime_error("broken");
    if (request.path == "/pieces" || request.path == "/cut") {
      auto left = std::make_shared<int>(1000);
      const bool cut = request.path == "/cut";
      out.pieces = [left, cut]() -> Result<std::string> {
        if (cut && *left == 500) return fail(err::hub_internal, "cut", {{"detail", ""}});
        return (*left)-- > 0 ? std::string(1000, 'p') : std::string();
      };
      return out;
    }
    if (request.path == "/file") {
      out.file = file;
      out.etag = "e1";
      return out;
    }
    if (!request.upload.path.empty()) {
      kept = request.upload.path;
      out.body = request.upload.sha256 + " " + std::to_string(request.upload.bytes);
      return out;
    }
    out.body = request.body.empty() ? request.path : std::to_string(request.body.size());
    return out;
  }
  Response problem(const Request&, const Error& error) const override {
    Response out = json_response(Node::map({{"code", error.code}}), error.code == err::hub_disk_full
                                     ? 507 : error.code == err::hub_too_large ? 413
                                     : error.code == err::hub_busy ? 503
                                     : error.code == err::hub_internal ? 500 : 403);
    return out;
  }
  std::filesystem::path file, kept;
};

struct Running {
  TempFolder folder = std::move(*TempFolder::make());
  Echo echo;
  Events events;
  WireCounts counts;
  std::unique_ptr<Server> server;
  std::thread thread;
  explicit Running(WireLimits limits = {}) {
    ServerOptions options;
    options.uploads = folder.path();
    options.limits = limits;
    server = std::move(*Server::listen(options, echo, events, counts));
    thread = std::thread([this] { server->run(); });
  }
  ~Running() {
    server->stop();
    thread.join();
  }
  Reply ask(const std::string& text, bool head_only = false) {
    TestLine line(server->port());
    return line.send(text) ? line.reply(head_only) : Reply{};
  }
  std::size_t left_over() {  // in the folder of uploads
    std::size_t out = 0;
    for (const auto& it : std::filesystem::directory_iterator(folder.path())) out += it.exists();
    return out;
  }
};

// Waits for it, at most five seconds.
template <class F>
bool soon(F&& holds) {
  for (int i = 0; i < 1000; ++i) {
    if (holds()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  return false;
}

std::string get(const std::string& path, const std::string& more = "") {
  return "GET " + path + " HTTP/1.1\r\nHost: a\r\n" + more + "\r\n";
}
std::string put(const std::string& path, const std::string& body, const std::string& more = "") {
  return "POST " + path + " HTTP/1.1\r\nHost: a\r\nContent-Length: " +
         std::to_string(body.size()) + "\r\n" + more + "\r\n" + body;
}

TEST(Server, one_line_carries_many_requests) {
  Running it;
  TestLine line(it.server->port());
  ASSERT_TRUE(line.send(get("/a") + get("/b%20c") + put("/", "12345")));
  EXPECT_EQ(line.reply().body, "/a");
  EXPECT_EQ(line.reply().body, "/b c");
  EXPECT_EQ(line.reply().body, "5");
  EXPECT_EQ(it.counts.requests, 3U);
}

TEST(Server, what_is_no_request_is_told_and_the_line_cut) {
  Running it;
  EXPECT_EQ(it.ask("nonsense\r\n\r\n").status, 400);
  EXPECT_EQ(it.ask("GET http://a/ HTTP/1.1\r\nHost: a\r\n\r\n").status, 400);
  EXPECT_EQ(it.ask(get("/%zz")).status, 400);
  EXPECT_EQ(it.ask(get("/%00")).status, 400);
  EXPECT_EQ(it.ask("GET / HTTP/1.0\r\n\r\n").status, 400);
  EXPECT_EQ(it.ask("POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx").status,
            400);
  EXPECT_EQ(it.ask("POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n").status, 400);
  EXPECT_EQ(it.ask(get("/a")).status, 200);
}

TEST(Server, a_raw_body_goes_to_the_disk_and_leaves_nothing_when_nobody_keeps_it) {
  Running it;
  const std::string body(700'000, 'x');
  EXPECT_EQ(it.ask(put("/raw", body)).body, sha256_hex(body) + " 700000");
  EXPECT_EQ(it.ask("POST /raw HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                   "5\r\nabcde\r\n0\r\n\r\n").body, sha256_hex("abcde") + " 5");
  EXPECT_EQ(it.ask(put("/raw", "", "Expect: 100-continue\r\n")).body, sha256_hex("") + " 0");
  EXPECT_EQ(it.left_over(), 0U);
}

TEST(Server, a_raw_body_is_refused_before_it_is_sent) {
  Running it;
  EXPECT_EQ(it.ask(put("/raw", std::string(1'000'000, 'x'), "X-Refuse: 1\r\n")).status, 403);
  EXPECT_EQ(it.ask(put("/raw", std::string((1 << 20) + 1, 'x'))).status, 413);
  EXPECT_EQ(it.ask(put("/raw", std::string(1 << 20, 'x'))).status, 200);
  std::string chunks = "POST /raw HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
  for (int i = 0; i < 20; ++i) chunks += "10000\r\n" + std::string(65536, 'x') + "\r\n";
  EXPECT_EQ(it.ask(chunks).status, 413);
  EXPECT_EQ(it.left_over(), 0U);
}

TEST(Server, a_client_that_goes_away_leaves_no_file) {
  Running it;
  {
    TestLine line(it.server->port());
    ASSERT_TRUE(line.send("POST /raw HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\nabc"));
    ASSERT_TRUE(soon([&] { return it.counts.uploads > 0; }));
  }
  EXPECT_TRUE(soon([&] { return it.counts.uploads == 0 && it.left_over() == 0; }));
  EXPECT_EQ(it.left_over(), 0U);
}

TEST(Server, a_disk_without_room_takes_no_upload) {
  WireLimits limits;
  limits.spare_bytes = std::uint64_t{1} << 60;
  Running it(limits);
  EXPECT_EQ(it.ask(put("/raw", "abc")).status, 507);
}

TEST(Server, too_many_calls_at_once_are_told_to_wait) {
  WireLimits limits;
  limits.waiting = 1;
  Running it(limits);
  TestLine slow(it.server->port());
  ASSERT_TRUE(slow.send(get("/slow")));
  ASSERT_TRUE(soon([&] { return it.counts.waiting > 0; }));
  EXPECT_EQ(it.ask(get("/a")).status, 503);
  EXPECT_EQ(slow.reply().body, "/slow");
  EXPECT_EQ(it.ask(get("/a")).status, 200);
}

TEST(Server, a_line_that_says_nothing_is_cut) {
  WireLimits limits;
  limits.header_ms = 100;
  limits.step_ms = 100;
  Running it(limits);
  TestLine silent(it.server->port());
  ASSERT_TRUE(silent.send("GET / HT"));
  while (silent.more()) {}
  TestLine stuck(it.server->port());
  ASSERT_TRUE(stuck.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc"));
  while (stuck.more()) {}
  EXPECT_EQ(stuck.got(), "");
}

TEST(Server, pieces_arrive_whole_or_the_client_sees_that_they_are_not) {
  Running it;
  EXPECT_EQ(it.ask(get("/pieces")).body.size(), 1'000'000U);
  EXPECT_EQ(it.ask(get("/cut")).status, 0);
}

TEST(Server, a_file_is_sent_whole_in_part_or_not_at_all) {
  Running it;
  const auto other = TempFolder::make();
  it.echo.file = other->path() / "f";
  ASSERT_TRUE(write_file(it.echo.file, "0123456789"));
  EXPECT_EQ(it.ask(get("/file")).body, "0123456789");
  const Reply part = it.ask(get("/file", "Range: bytes=-3\r\n"));
  EXPECT_EQ(part.status, 206);
  EXPECT_EQ(part.body, "789");
  EXPECT_EQ(part.header("content-range"), "bytes 7-9/10");
  EXPECT_EQ(it.ask(get("/file", "Range: bytes=2-4\r\nIf-Range: \"e1\"\r\n")).body, "234");
  EXPECT_EQ(it.ask(get("/file", "Range: bytes=2-4\r\nIf-Range: \"e0\"\r\n")).body, "0123456789");
  EXPECT_EQ(it.ask(get("/file", "Range: bytes=10-\r\n")).status, 416);
  EXPECT_EQ(it.ask(get("/file", "If-None-Match: \"e1\"\r\n")).status, 304);
  const Reply head = it.ask("HEAD /file HTTP/1.1\r\nHost: a\r\n\r\n", true);
  EXPECT_EQ(head.header("content-length"), "10");
}

TEST(Server, a_handler_that_throws_answers_500_and_the_server_goes_on) {
  Running it;
  EXPECT_EQ(it.ask(get("/throw")).status, 500);
  EXPECT_EQ(it.ask(get("/a")).status, 200);
}

TEST(Server, a_stop_finishes_what_is_being_answered) {
  auto it = std::make_unique<Running>();
  TestLine idle(it->server->port());
  ASSERT_TRUE(idle.send(get("/a")));
  EXPECT_EQ(idle.reply().status, 200);
  TestLine slow(it->server->port());
  ASSERT_TRUE(slow.send(get("/slow")));
  ASSERT_TRUE(soon([&] { return it->counts.waiting > 0; }));
  it->server->stop();
  EXPECT_EQ(slow.reply().body, "/slow");
  const auto begun = std::chrono::steady_clock::now();
  it.reset();
  EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(3));
}

TEST(Server, every_answer_carries_what_keeps_a_browser_safe) {
  Running it;
  const Reply reply = it.ask(get("/a"));
  EXPECT_EQ(reply.header("x-content-type-options"), "nosniff");
  EXPECT_NE(reply.header("content-security-policy").find("default-src 'self'"), std::string::npos);
  EXPECT_EQ(reply.header("referrer-policy"), "no-referrer");
}

}  // namespace
}  // namespace khien::hub
