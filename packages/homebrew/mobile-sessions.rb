class MobileSessions < Formula
  desc "Web panel and REST API over the MobileApps folder of a 4D server"
  homepage "https://downloads.example/mobile-sessions"
  url "@URL@"
  sha256 "@SHA256@"
  version "@VERSION@"
  license any_of: ["MIT", "Apache-2.0"]

  depends_on :macos

  def install
    bin.install "mobile-sessions"
    man1.install Dir["man/*.1"]
    bash_completion.install "completions/mobile-sessions.bash" => "mobile-sessions"
    zsh_completion.install "completions/_mobile-sessions"
    fish_completion.install "completions/mobile-sessions.fish"
    doc.install "README.md", "manual", "THIRD-PARTY-NOTICES.txt"
  end

  def caveats
    <<~TEXT
      To run the panel from the start of the machine on:
        sudo mobile-sessions service install /path/to/MobileApps
    TEXT
  end

  test do
    assert_match version.to_s, shell_output("#{bin}/mobile-sessions --version")
  end
end
