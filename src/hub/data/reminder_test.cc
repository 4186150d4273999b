// Which reminders are due, when they go out, what is said.
#include "hub/data/reminder.h"

#include "hub/jobs/remind.h"
#include "hub/notify/notify.h"
#include "hub/testing_hub.h"

namespace khien::hub {
namespace {

struct ReminderWorld {
  TestHub hub;
  std::int64_t root = hub.root();
  std::int64_t below = hub.agency(root, "Sở Một");
  std::int64_t dispatch = 0;
  ReminderRules rules;

  explicit ReminderWorld(const std::string& due) {
    dispatch = change("insert into dispatch(agency_id, file_name, sha256, bytes, state, number,"
                      " due_on, created_at) values(" + std::to_string(below) +
                      ", 'a', 'x', 1, 'confirmed', '9/UBND', '" + due + "', 1)");
  }
  std::int64_t change(const std::string& sql) {
    const auto made = hub.data().touch([&](const Database& db) -> Result<std::int64_t> {
      KHIEN_DO(db.execute(sql));
      return db.last_rowid();
    });
    if (!made) ADD_FAILURE() << to_string(made.error());
    return made.value_or(0);
  }
  // "before 7 at 3"; each is made, so that it does not come again.
  std::vector<std::string> on(const std::string& day) {
    std::vector<std::string> out;
    const auto done = hub.data().touch([&](const Database& db) -> Done {
      KHIEN_TRY(const auto rows, due_reminders(db, day, rules));
      for (const ReminderRow& row : rows) {
        KHIEN_DO(add_reminder(db, row));
        out.push_back(row.kind + " " + std::to_string(row.step) + " at " +
                      (row.agency_id == below ? "agency" : "superior"));
      }
      return {};
    });
    EXPECT_TRUE(done);
    return out;
  }
};
using Said = std::vector<std::string>;

TEST(Reminder, each_occasion_comes_once_and_a_missed_day_is_made_up_for) {
  ReminderWorld w("2026-03-31");
  EXPECT_EQ(w.on("2026-03-20"), Said{});
  EXPECT_EQ(w.on("2026-03-25"), Said{"before 7 at agency"});  // the 24th was missed
  EXPECT_EQ(w.on("2026-03-26"), Said{});
  EXPECT_EQ(w.on("2026-03-28"), Said{"before 3 at agency"});
  EXPECT_EQ(w.on("2026-03-31"), Said{"before 1 at agency"});
  EXPECT_EQ(w.on("2026-04-01"), Said{"after 1 at agency"});
  EXPECT_EQ(w.on("2026-04-06"), Said{});
  EXPECT_EQ(w.on("2026-04-07"), Said{"escalation 7 at superior"});
  EXPECT_EQ(w.on("2026-04-08"), Said{"after 8 at agency"});
  EXPECT_EQ(w.on("2026-04-09"), Said{});
}

TEST(Reminder, nothing_is_said_of_what_is_done_or_no_longer_there) {
  ReminderWorld w("2026-03-31");
  const std::string id = std::to_string(w.dispatch);
  w.change("insert into measure(dispatch_id, position, doc_id, cite, text, obligation, mine, kinds,"
           " state) values(" + id + ", 1, '1', '1', 'x', 'must', 1, '[]', 'read')");
  w.change("insert into task(agency_id, dispatch_id, measure_id, updated_at, progress) select " +
           std::to_string(w.below) + ", " + id + ", max(id), 1, 'done' from measure");
  EXPECT_EQ(w.on("2026-04-09"), Said{});
  w.change("update task set progress = 'returned'");
  EXPECT_EQ(w.on("2026-04-09").size(), 2U);
  ReminderWorld gone("2026-03-31");
  gone.change("update agency set valid_to = '2026-03-01' where id = " +
              std::to_string(gone.below));
  EXPECT_EQ(gone.on("2026-04-09"), Said{});
}

TEST(Reminder, a_new_day_begins_anew) {
  ReminderWorld w("2026-03-31");
  EXPECT_EQ(w.on("2026-03-30").size(), 1U);
  w.change("update dispatch set due_on = '2026-04-15'");
  EXPECT_EQ(w.on("2026-04-01"), Said{});
  EXPECT_EQ(w.on("2026-04-14"), Said{"before 1 at agency"});
}

TEST(Reminder, quiet_hours_may_go_over_midnight) {
  const std::int64_t day = start_of_day_ms(*parse_date("2026-03-31"));
  constexpr std::int64_t kHourMs = 3'600'000;
  ReminderRules rules;  // 20 to 7
  EXPECT_TRUE(is_quiet(rules, day + 6 * kHourMs + kHourMs - 1));
  EXPECT_FALSE(is_quiet(rules, day + 7 * kHourMs));
  EXPECT_FALSE(is_quiet(rules, day + 20 * kHourMs - 1));
  EXPECT_TRUE(is_quiet(rules, day + 20 * kHourMs));
  rules.quiet_from = 12, rules.quiet_until = 13;
  EXPECT_TRUE(is_quiet(rules, day + 12 * kHourMs));
  EXPECT_FALSE(is_quiet(rules, day + 13 * kHourMs));
  rules.quiet_until = 12;
  EXPECT_FALSE(is_quiet(rules, day + 12 * kHourMs));
}

TEST(Reminder, a_phone_text_is_short_however_long_the_subject) {
  const auto content = Content::open(built_in_content());
  ReminderRow row;
  row.number = "128/SKHCN-CĐS", row.due_on = "2026-12-15", row.late_name = "Sở Một";
  for (int i = 0; i < 100; ++i) row.subject += "bảo đảm an toàn thông tin ";
  for (const char* lang : {"vi", "en"}) {
    const auto texts = Texts::load(*content, lang);
    for (const char* kind : {"before", "after", "escalation", "urge"}) {
      row.kind = kind;
      const std::string text = phone_text(row, *texts);
      EXPECT_LE(code_points(text), kPhoneChars);
      EXPECT_NE(text.find("128/SKHCN-CĐS"), std::string::npos) << text;
      EXPECT_EQ(text.find("⟦"), std::string::npos) << text;
    }
  }
}

TEST(Notify, addresses_that_would_add_a_line_or_another_recipient_are_none) {
  EXPECT_TRUE(is_mail_address("truc@so.test"));
  for (const char* bad : {"", "a", "@so.test", "a@", "a@b@c", "a b@so.test", "a@so.test\r\nBcc: x",
                          "a@so.test,b@so.test", "<a@so.test>"}) {
    EXPECT_FALSE(is_mail_address(bad)) << bad;
  }
}

TEST(Notify, mail_is_plain_ascii_with_its_words_encoded) {
  MessageRow message;
  message.id = 7, message.made_at = 1, message.address = "a@so.test";
  message.subject = "Quá hạn\r\nBcc: x@y.test";
  message.body = "Kính gửi";
  const std::string text = mail_text(message, "hub@tinh.test",
                                     start_of_day_ms(*parse_date("2026-12-01")) + 30'600'000);
  for (const char c : text) EXPECT_LT(static_cast<unsigned char>(c), 0x80);
  EXPECT_EQ(text.find("\r\nBcc"), std::string::npos) << text;
  EXPECT_NE(text.find("Date: Tue, 01 Dec 2026 08:30:00 +0700\r\n"), std::string::npos) << text;
  EXPECT_NE(text.find("Message-ID: <khien.7.1@tinh.test>"), std::string::npos);
  EXPECT_NE(text.find("\r\n\r\nS8OtbmggZ+G7rWk=\r\n"), std::string::npos) << text;
}

TEST(Notify, a_signature_is_of_time_and_body_by_the_key) {  // the value: Python's hmac
  EXPECT_NE(webhook_signature("key", 5, "{}"), webhook_signature("key", 6, "{}"));
  EXPECT_NE(webhook_signature("key", 5, "{}"), webhook_signature("kez", 5, "{}"));
  EXPECT_EQ(webhook_signature("key", 5, "{}"),
            "sha256=9be615aec64f0d044b5ad6854ab1d893ec88617fb728d2149dcd3a3428e8c45d");
}

TEST(Notify, a_secret_others_may_read_is_none) {
  const auto folder = TempFolder::make();
  const auto file = folder->path() / "mail.password";
  EXPECT_EQ(read_secret(file).value_or("?"), "");
  ASSERT_TRUE(write_file(file, "mat-khau\n", Access::owner));
  EXPECT_EQ(read_secret(file).value_or("?"), "mat-khau");
  std::filesystem::permissions(file, std::filesystem::perms::group_read,
                               std::filesystem::perm_options::add);
  EXPECT_FALSE(read_secret(file));
  const auto made = need_secret(folder->path() / "webhook.key");
  ASSERT_TRUE(made);
  EXPECT_EQ(made->size(), 64U);
  EXPECT_EQ(*need_secret(folder->path() / "webhook.key"), *made);
}

TEST(Notify, nobodys_password_goes_over_a_bare_line) {
  MailServer server;
  server.host = "mail.test", server.security = "none", server.user = "u";
  server.sender = "hub@tinh.test";
  MessageRow message;
  message.address = "a@so.test";
  const auto said = send_mail(server, "p", message, 1);
  ASSERT_FALSE(said);
  EXPECT_EQ(said.error().args.at("detail"), "password without TLS");
}

}  // namespace
}  // namespace khien::hub
