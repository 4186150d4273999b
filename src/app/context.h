// What every command gets, in three parts: what reads, what prints, what counts. A function takes
// the part it needs. Wires rooms; decides nothing.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/content.h"
#include "base/progress.h"
#include "base/texts.h"
#include "base/worker.h"
#include "report/terminal.h"
#include "store/seal.h"

namespace CLI {
class App;
class Option;
}

namespace khien::app {

// Exit codes of every command; tests and users rely on them.
enum Exit : int { all_good = 0, not_all_good = 1, usage = 2, broken = 3 };

struct Outputs {  // what the command will write: the options that name it (app/outputs.h)
  std::vector<const CLI::Option*> options;
  bool force = false;  // --force: a file that is there may be replaced
};

struct Reader {  // what reads: the content, files of others in workers, the time of day
  Content content;
  std::filesystem::path overlay;  // --content
  SystemClock clock;
  // Started on first use; locks that this machine cannot set are then told, once.
  [[nodiscard]] WorkerPool& workers();
  std::function<void(const std::vector<Protection>& missing)> unlocked;

 private:
  std::unique_ptr<WorkerPool> pool_;

 public:
  explicit Reader(Content c) : content(std::move(c)) {}
};

struct Teller {  // what prints: the words of one language, or JSON
  Texts texts;
  bool json = false;
  explicit Teller(Texts t) : texts(std::move(t)) {}
  [[nodiscard]] std::string say(const std::string& id, const Args& args = {}) const {
    return texts(id, args);
  }
};

struct Tally {  // what counts: the worst of what was found becomes the exit code
  int exit = all_good;
  void raise(Exit code) { exit = std::max<int>(exit, code); }
};

struct Context : Reader, Teller, Tally {
  Outputs outputs;
  std::vector<const CLI::App*> json_commands;  // those that answer --json; all others refuse it
  Context(Content c, Texts t) : Reader(std::move(c)), Teller(std::move(t)) {}
  // Prints the error in the user's language on standard error and raises the exit code.
  void report(const Error& error, Exit code = broken);
};

// What stands in a text on lines of its own was laid out by us; single values from outside go
// through say() or visible(), which let none add a line. Both print no order to the terminal.
void print(const std::string& text);  // standard output, adds a line end
void print(const report::Pieces& pieces);  // in colours where the terminal shows them
void note(const std::string& text);   // standard error
// In lines of the terminal's width: the first begins with `first`, the others with `rest`. What is
// no terminal gets one line.
void print_hanging(const std::string& first, const std::string& rest, const std::string& text);

// One function a command: declares its options under `root`.
void add_compile(CLI::App& root, Context& context);
void add_programme(CLI::App& root, Context& context);
void add_assess(CLI::App& root, Context& context);
void add_report(CLI::App& root, Context& context);
void add_compare(CLI::App& root, Context& context);
void add_draft(CLI::App& root, Context& context);
void add_verify(CLI::App& root, Context& context);
void add_share(CLI::App& root, Context& context);
void add_agent(CLI::App& root, Context& context);
void add_collect(CLI::App& root, Context& context);
void add_doctor(CLI::App& root, Context& context);
void add_content(CLI::App& root, Context& context);
void add_mail_domain(CLI::App& root, Context& context);
void add_mailbox(CLI::App& root, Context& context);
void add_sign(CLI::App& root, Context& context);
void add_portal_check(CLI::App& root, Context& context);
void add_vuln(CLI::App& root, Context& context);
void add_watch_window(CLI::App& root, Context& context);
void add_register(CLI::App& root, Context& context);
void add_account(CLI::App& root, Context& context);
void add_scan(CLI::App& root, Context& context);
void add_key(CLI::App& root, Context& context);
void add_init(CLI::App& root, Context& context);
void add_confirm(CLI::App& root, Context& context);
void add_recognise(CLI::App& root, Context& context);
void add_admin(CLI::App& root, Context& context);
void add_serve(CLI::App& root, Context& context);

// Those locks of a worker that do not hold here.
[[nodiscard]] std::vector<Protection> missing_locks();

}  // namespace khien::app
