// What every command gets: content, texts, clock, workers. Wires rooms; decides nothing.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/content.h"
#include "base/progress.h"
#include "base/texts.h"
#include "base/worker.h"
#include "store/seal.h"

namespace CLI {
class App;
}

namespace khien::app {

// Exit codes of every command; tests and users rely on them.
enum Exit : int { all_good = 0, not_all_good = 1, usage = 2, broken = 3 };

struct Context {
  Content content;
  std::filesystem::path overlay;  // --content
  Texts texts;
  SystemClock clock;
  bool json = false;
  int exit = all_good;
  std::unique_ptr<WorkerPool> pool;

  Context(Content c, Texts t) : content(std::move(c)), texts(std::move(t)) {}
  [[nodiscard]] WorkerPool& workers();  // started on first use
  // Prints the error in the user's language on standard error and raises the exit code.
  void report(const Error& error, Exit code = broken);
  void raise(Exit code) { exit = std::max<int>(exit, code); }
  [[nodiscard]] std::string say(const std::string& id, const Args& args = {}) const {
    return texts(id, args);
  }
};

void print(const std::string& text);  // standard output, adds a line end
void note(const std::string& text);   // standard error

// Files are written by every command the same way: whole or not at all.
[[nodiscard]] Done save(const std::filesystem::path& path, std::string_view bytes);

// One function a command: declares its options under `root`.
void add_compile(CLI::App& root, Context& context);
void add_programme(CLI::App& root, Context& context);
void add_assess(CLI::App& root, Context& context);
void add_report(CLI::App& root, Context& context);
void add_draft(CLI::App& root, Context& context);
void add_verify(CLI::App& root, Context& context);
void add_share(CLI::App& root, Context& context);
void add_collect(CLI::App& root, Context& context);
void add_doctor(CLI::App& root, Context& context);
void add_content(CLI::App& root, Context& context);
void add_mail_domain(CLI::App& root, Context& context);
void add_mail_scan(CLI::App& root, Context& context);
void add_sign(CLI::App& root, Context& context);
void add_portal_check(CLI::App& root, Context& context);
void add_vuln(CLI::App& root, Context& context);
void add_watch_window(CLI::App& root, Context& context);
void add_register(CLI::App& root, Context& context);
void add_account(CLI::App& root, Context& context);
void add_scan(CLI::App& root, Context& context);

}  // namespace khien::app
