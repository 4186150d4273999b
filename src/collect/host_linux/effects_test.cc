// Settings that are there and those that act: whole machines of a few files each.
#include <gtest/gtest.h>

#include <filesystem>

#include "base/file.h"
#include "base/sqlite.h"
#include "base/testing.h"
#include "collect/host_linux/host_linux.h"

namespace khien::host {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kEffectNow = 1780300800000;  // 2026-06-01 15:00 +07:00

struct Tree {
  TempFolder folder = TempFolder::make().value();
  HostRoot root;

  Tree() {
    root.root = folder.path();
    add("/etc/passwd", "root:x:0:0::/root:/bin/bash\nmy:x:1000:1000::/home/my:/bin/bash\n"
                       "tu:x:1203:1203::/home/tu:/bin/bash\nve:x:1204:1204::/home/ve:/bin/bash\n");
    add("/etc/shadow", "root:*:20000:0:99999:7:::\nmy:$y$x:20000:0:90:7:::\n"
                       "tu:$y$x:20000:0:90:7:::\nve:$y$x:20000:0:90:7:::\n");
    add("/etc/group", "root:x:0:\n");
    add("/proc/sys/kernel/osrelease", "6.12.4-2-amd64\n");
    add("/var/lib/dpkg/status", "");
    install("dpkg", "1.22");
  }
  void add(const std::string& path, const std::string& text) {
    fs::create_directories((folder.path().string() + path).substr(
        0, (folder.path().string() + path).rfind('/')));
    EXPECT_TRUE(write_file(folder.path().string() + path, text));
  }
  void install(const std::string& package, const std::string& version) {
    const std::string path = "/var/lib/dpkg/status";
    add(path, read_file(folder.path().string() + path, 1 << 20).value() + "Package: " + package +
                  "\nStatus: install ok installed\nArchitecture: amd64\nVersion: " + version +
                  "\n\n");
  }
  [[nodiscard]] Collection collect() const {
    static const Content content = Content::open(built_in_content()).value();
    return collect_host_linux(root, FixedClock(kEffectNow), host_options(content).value(), nullptr)
        .value();
  }
  [[nodiscard]] std::string host(const char* column) const {
    const Collection c = collect();
    return text_of(c.tables.at("host").rows.front(), column, "-");
  }
};

// "login=value login=value" of a column, in the order of the rows.
std::string column_of(const Collection& c, const char* table, const char* key, const char* column) {
  std::string out;
  for (const Row& row : c.tables.at(table).rows) {
    out += text_of(row, key, "") + "=" + text_of(row, column, "-") + " ";
  }
  return out;
}

TEST(Effects, RightsComeThroughIncludedFilesAndNumbers) {
  Tree t;
  t.add("/etc/sudoers", "#1203 ALL=(ALL) ALL\n@include quyen.rieng\n@includedir /etc/sudoers.d\n");
  t.add("/etc/quyen.rieng", "my ALL=(ALL) ALL\n");
  t.add("/etc/sudoers.d/tam~", "ve ALL=(ALL) ALL\n");
  EXPECT_EQ(column_of(t.collect(), "account", "login", "privileged"), "root=1 my=1 tu=1 ve=0 ");
  t.add("/etc/sudoers", "@include khong-co\n#1203 ALL=(ALL) ALL\n");
  EXPECT_EQ(column_of(t.collect(), "account", "login", "privileged"), "root=1 my=- tu=1 ve=- ");
  t.add("/etc/sudoers", "ALL ALL=(ALL) ALL\n");
  EXPECT_EQ(column_of(t.collect(), "account", "login", "privileged"), "root=1 my=1 tu=1 ve=1 ");
}

TEST(Effects, AnAccountWithARecordOfItsOwnIsListed) {
  Tree t;
  t.add("/var/lib/systemd/home/ha.identity",
        R"({"userName":"ha","uid":60222,"memberOf":["wheel"]})");
  Collection c = t.collect();
  EXPECT_EQ(column_of(c, "account", "login", "privileged"), "root=1 my=0 tu=0 ve=0 ha=1 ");
  EXPECT_EQ(c.tables.at("account").status, TableFacts::Status::partial);
  t.add("/var/lib/systemd/home/ha.identity",
        R"({"userName":"ha","uid":60222,"privileged":{"hashedPassword":["$6$a$b"]}})");
  c = t.collect();
  EXPECT_EQ(c.tables.at("account").status, TableFacts::Status::complete);
  EXPECT_EQ(column_of(c, "account", "login", "password_store").substr(46), "ha=sha512crypt ");
  t.add("/etc/userdb/hong.user", "{");
  EXPECT_EQ(t.collect().tables.at("account").reason, "reason.host.user_records");
}

TEST(Effects, MoreAccountsOfAnOldDirectoryMakeTheListPartial) {
  Tree t;
  t.add("/etc/passwd", "root:x:0:0::/root:/bin/bash\n+::::::\n");
  EXPECT_EQ(t.collect().tables.at("account").reason, "reason.host.nis_accounts");
}

TEST(Effects, LogInsOfTheNewDatabasesCount) {
  Tree t;
  const auto write = [&](const std::string& path, const std::string& sql) {
    t.add(path, "");
    fs::remove(t.folder.path().string() + path);
    const Database db =
        Database::open(t.folder.path().string() + path, Database::Mode::create).value();
    ASSERT_TRUE(db.execute(sql));
  };
  write("/var/lib/lastlog/lastlog2.db",
        "create table Lastlog2 (Name text primary key, Time integer, TTY text);"
        "insert into Lastlog2 values ('my', 1700000000, 'pts/0');");
  write("/var/lib/wtmpdb/wtmp.db",
        "create table wtmp (ID integer primary key, Type integer, User text, Login integer);"
        "insert into wtmp values (1, 3, 'tu', 1700000001000000), (2, 3, 'tu', 1700000002000000),"
        " (3, 1, 'reboot', 1700000003000000);");
  EXPECT_EQ(column_of(t.collect(), "account", "login", "last_login_at"),
            "root=- my=1700000000000 tu=1700000002000 ve=- ");
  t.add("/var/lib/wtmpdb/wtmp.db", "hỏng");
  EXPECT_EQ(column_of(t.collect(), "account", "login", "never_logged_in"),
            "root=- my=0 tu=- ve=- ");
}

TEST(Effects, OnlyALaterKernelOfTheRunningFlavourAwaitsARestart) {
  Tree t;
  t.install("linux-image-6.12.4-2-amd64", "6.12.4-2");
  t.install("linux-image-6.12.4-2-amd64-dbg", "6.12.4-2");
  t.install("linux-image-6.12.9-1-rt-amd64", "6.12.9-1");
  t.install("linux-image-amd64", "6.12.9-1");
  EXPECT_EQ(t.host("reboot_required"), "0");
  t.add("/proc/sys/kernel/version", "#1 SMP PREEMPT_DYNAMIC Debian 6.12.4-1 (2026-01-02)\n");
  EXPECT_EQ(t.host("reboot_required"), "1");
  t.add("/proc/sys/kernel/version", "#1 SMP PREEMPT_DYNAMIC Debian 6.12.4-2 (2026-01-09)\n");
  EXPECT_EQ(t.host("reboot_required"), "0");
  t.install("linux-image-6.12.4-10-amd64", "6.12.4-10");
  EXPECT_EQ(t.host("reboot_required"), "1");
}

TEST(Effects, UpdatesInstallThemselvesOnlyWhereTheWholeJobRuns) {
  Tree t;
  const std::string folder = "/etc/apt/apt.conf.d/";
  t.add(folder + "21tu-dong", "APT::Periodic { Update-Package-Lists 1; Unattended-Upgrade 1; };");
  EXPECT_EQ(t.host("automatic_updates"), "0");  // the program itself is not there
  t.install("unattended-upgrades", "2.11");
  EXPECT_EQ(t.host("automatic_updates"), "1");
  t.add(folder + "99x.bak", "APT::Periodic::Enable 0;");
  EXPECT_EQ(t.host("automatic_updates"), "1");
  t.add(folder + "99x.conf", "APT::Periodic::Enable 0;");
  EXPECT_EQ(t.host("automatic_updates"), "0");
  t.add(folder + "99x.conf", "APT::Periodic::Update-Package-Lists \"0\";");
  EXPECT_EQ(t.host("automatic_updates"), "0");
  t.add(folder + "99x.conf", "");
  t.add("/etc/apt/apt.conf", "APT { Periodic { Unattended-Upgrade \"0\"; } }");
  EXPECT_EQ(t.host("automatic_updates"), "0");
  t.add("/etc/apt/apt.conf", "");
  fs::create_directories(t.folder.path() / "etc/systemd/system");
  fs::create_symlink("/dev/null", t.folder.path() / "etc/systemd/system/apt-daily-upgrade.timer");
  EXPECT_EQ(t.host("automatic_updates"), "0");
}

TEST(Effects, ListsAreAsOldAsTheSecurityArchiveSays) {
  Tree t;
  const std::string lists = "/var/lib/apt/lists/";
  const auto archive = [&](const std::string& name, const std::string& suite,
                           const std::string& day) {
    t.add(lists + name + "_InRelease", "Suite: " + suite + "\n" + day);
    t.add(lists + name + "_main_binary-amd64_Packages", "");
  };
  archive("a_dists_trixie", "stable", "Date: Mon, 01 Jun 2026 02:00:00 UTC\n");
  archive("b_dists_trixie-security", "stable-security", "Date: Wed, 01 Apr 2026 02:00:00 UTC\n");
  EXPECT_EQ(t.host("package_lists_at"), "1775008800000");
  archive("b_dists_trixie-security", "stable-security", "");
  EXPECT_EQ(t.host("package_lists_at"), "-");
  EXPECT_EQ(t.collect().tables.at("host").gaps.at("package_lists_at"), "reason.host.lists_undated");
}

TEST(Effects, DataIsEncryptedWhenEveryDiskItLiesOnIs) {
  Tree t;
  t.add("/proc/self/mountinfo",
        "1 1 0:30 / / rw - zfs kho/goc rw\n2 1 253:3 / /hai rw - xfs /dev/mapper/v-hai rw\n"
        "3 1 253:4 / /mot rw - xfs /dev/mapper/v-mot rw\n4 1 0:31 / /bo rw - btrfs /dev/sdc1 rw\n"
        "5 1 0:32 / /home/my rw - ecryptfs /home/.e/my rw\n6 1 0:33 / /run rw - tmpfs tmpfs rw\n"
        "7 1 0:34 / /m rw - fuse.rclone xa: rw\n8 1 0:35 / /n rw - nfs4 may:/n rw\n");
  for (const char* path :
       {"/sys/dev/block/253:3/slaves/dm-1/x", "/sys/dev/block/253:3/slaves/sdb1/x",
        "/sys/dev/block/253:4/slaves/dm-1/x", "/sys/class/block/sdb1/size",
        "/sys/class/block/sdc1/size", "/sys/fs/btrfs/id/devices/sdc1/x"}) {
    t.add(path, "1");
  }
  t.add("/sys/class/block/dm-1/dm/uuid", "CRYPT-LUKS2-00-a\n");
  EXPECT_EQ(column_of(t.collect(), "disk_encryption", "mount_point", "encrypted"),
            "/=- /hai=0 /mot=1 /bo=0 /home/my=1 ");
}

struct Desktop : Tree {
  explicit Desktop(const std::string& session) {
    add("/usr/share/xsessions/" + session + ".desktop", "");
    add("/home/my/.config/x", "");
  }
  [[nodiscard]] std::string lock(const char* column) const {
    return column_of(collect(), "screen_lock", "login", column);
  }
};

TEST(Effects, ALockOfGnomeHoldsWhereTheProfileNamesItsDatabase) {
  Desktop t("gnome");
  const std::string base = "/etc/dconf/db/phong.d/";
  t.add(base + "10-khoa", "[org/gnome/desktop/session]\nidle-delay=uint32 420\n"
                          "[org/gnome/desktop/screensaver]\nlock-enabled=true\n");
  t.add(base + "locks/a", "/org/gnome/desktop/session/idle-delay\n"
                          "/org/gnome/desktop/screensaver/lock-enabled # khóa\n");
  t.add("/home/my/.config/dconf/user", "x");
  EXPECT_EQ(t.lock("enforced"), "=0 my=0 ");
  EXPECT_EQ(t.lock("idle_seconds"), "=300 my=- ");
  t.add("/etc/dconf/profile/user", "user-db:user\nsystem-db:phong\n");
  EXPECT_EQ(t.lock("enforced"), "=1 my=1 ");
  EXPECT_EQ(t.lock("idle_seconds"), "=420 my=420 ");
  t.add(base + "locks/a", "#/org/gnome/desktop/session/idle-delay\n"
                          "/org/gnome/desktop/screensaver/\n");
  EXPECT_EQ(t.lock("enforced"), "=0 my=0 ");
  EXPECT_EQ(t.lock("enabled"), "=1 my=- ");
  t.add(base + "20-tat", "[org/gnome/desktop/lockdown]\ndisable-lock-screen=true\n");
  EXPECT_EQ(t.lock("enabled"), "=0 my=- ");
  t.add(base + "locks/b", "/org/gnome/desktop/lockdown/disable-lock-screen\n");
  EXPECT_EQ(t.lock("enabled"), "=0 my=0 ");
}

TEST(Effects, OfTwoDatabasesTheFirstCountsUnlessTheOtherForbidsIt) {
  Desktop t("gnome");
  t.add("/etc/dconf/profile/user", "user-db:user\nsystem-db:phong\nsystem-db:so\n");
  t.add("/etc/dconf/db/phong.d/a", "[org/gnome/desktop/session]\nidle-delay=uint32 0\n");
  t.add("/etc/dconf/db/so.d/a", "[org/gnome/desktop/session]\nidle-delay=uint32 240\n");
  EXPECT_EQ(t.lock("enabled"), "=0 my=0 ");
  t.add("/etc/dconf/db/so.d/locks/a", "/org/gnome/desktop/session/idle-delay\n");
  EXPECT_EQ(t.lock("idle_seconds"), "=240 my=240 ");
  // A value of the wrong type is no value: the desktop's own counts.
  t.add("/etc/dconf/db/so.d/a", "[org/gnome/desktop/session]\nidle-delay=7200\n");
  EXPECT_EQ(t.lock("idle_seconds"), "=300 my=300 ");
}

TEST(Effects, KdeTakesTheFileForEverybodyAndWhatItFixes) {
  Desktop t("plasma");
  t.add("/etc/xdg/kscreenlockerrc", "[Daemon]\nTimeout=7\n");
  EXPECT_EQ(t.lock("idle_seconds"), "=420 my=420 ");
  t.add("/home/my/.config/kscreenlockerrc", "[Daemon]\nTimeout=0\n");
  EXPECT_EQ(t.lock("enabled"), "=1 my=0 ");
  t.add("/etc/xdg/kscreenlockerrc", "[Daemon][$i]\nTimeout=7\nAutolock=true\n");
  EXPECT_EQ(t.lock("idle_seconds"), "=420 my=420 ");
  EXPECT_EQ(t.lock("enforced"), "=1 my=1 ");
  t.add("/etc/xdg/kscreenlockerrc", "[Daemon]\nAutolock=false\n");
  fs::remove(t.folder.path() / "home/my/.config/kscreenlockerrc");
  EXPECT_EQ(t.lock("enabled"), "=0 my=0 ");
  t.add("/etc/xdg/kscreenlockerrc", "");
  t.add("/home/my/.config/kscreenlockerrc", "[Daemon]\nTimeout=3\n");
  EXPECT_EQ(t.lock("enabled"), "=1 my=1 ");
  t.add("/etc/xdg/kdeglobals", "[KDE Action Restrictions][$i]\naction/lock_screen=false\n");
  EXPECT_EQ(t.lock("enabled"), "=0 my=0 ");
}

}  // namespace
}  // namespace khien::host
