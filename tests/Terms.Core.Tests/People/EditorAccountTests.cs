using System.Text;
using Terms.Catalogue;
using Terms.People;
using Terms.Publishing;

namespace Terms.Tests.People;

/// <summary>Names, roles, sessions and events of those who work on texts.</summary>
public sealed class EditorAccountTests
{
    private static readonly DateTimeOffset Now = new(2026, 5, 3, 10, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("anna")]
    [InlineData("anna.li@terms.example")]
    [InlineData("7_of-9")]
    public void A_name_to_sign_in_with_has_plain_signs(string name) => Assert.Equal(name, new EditorAccount(name, "Anna", [], Now).Name);

    [Theory]
    [InlineData("")]
    [InlineData("Anna")]
    [InlineData("аnna")]
    [InlineData("anna li")]
    [InlineData(".anna")]
    [InlineData("anna\n")]
    [InlineData("anna\r\nINFO: signed in as root")]
    [InlineData("../anna")]
    [InlineData("operator root")]
    [InlineData("(nobody)")]
    public void Any_other_name_is_refused(string name) =>
        Assert.StartsWith("A name to sign in with has 1 to 64 lower-case letters", Assert.Throws<ArgumentException>(() => new EditorAccount(name, "Anna", [], Now)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("Anna\u202Eil")]
    [InlineData("Anna\u2066")]
    [InlineData("Anna\nBoris")]
    [InlineData("Anna\u2028")]
    public void A_name_that_others_see_has_printable_signs(string name) =>
        Assert.StartsWith("The name that others see has 1 to 100 printable characters", Assert.Throws<ArgumentException>(() => new EditorAccount("anna", name, [], Now)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("drafter", EditorRole.Drafter, null)]
    [InlineData("auditor", EditorRole.Auditor, null)]
    [InlineData("reviewer:free-membership", EditorRole.Reviewer, "free-membership")]
    public void A_role_is_read_as_it_is_written(string text, EditorRole role, string? agreement)
    {
        Assert.Equal(new Grant(role, agreement is null ? null : new AgreementId(agreement)), Roles.Parse(text));
        Assert.Equal(text, Roles.Parse(text).Text());
    }

    [Theory]
    [InlineData("king", "`king` is not a role. Use drafter, reviewer, publisher, auditor")]
    [InlineData("Drafter", "`Drafter` is not a role.")]
    [InlineData("drafter:", "is not an agreement's name")]
    [InlineData("drafter:*", "is not an agreement's name")]
    public void Any_other_role_is_refused(string text, string says) => Assert.Contains(says, Assert.Throws<ArgumentException>(() => Roles.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_session_is_known_by_the_digest_of_its_token()
    {
        var (one, other) = (EditorSession.NewToken(), EditorSession.NewToken());

        Assert.NotEqual(one, other);
        Assert.Equal(64, EditorSession.IdOf(one)!.Length);
        Assert.NotEqual(EditorSession.IdOf(one), EditorSession.IdOf(other));
        Assert.All(new[] { null, "", one[1..], one + "A", "=" + one[1..] }, t => Assert.Null(EditorSession.IdOf(t)));
    }

    [Fact]
    public void Every_event_is_read_as_it_was_written()
    {
        foreach (var step in Enum.GetValues<PersonStep>())
        {
            var written = new PersonEvent(step, "anna", Now.AddTicks(7), step == PersonStep.SignedIn ? null : "boris", step == PersonStep.Locked ? null : "\"words\", <b>&\u00E9");
            Assert.Equal(written, PersonEvent.Parse(written.Bytes()));
        }
        Assert.Equal(
            """{"about":"anna","at":"2026-05-03T10:00:00Z","event":"granted","schema":"terms-person-event/1","what":"drafter","who":"operator root"}""",
            Encoding.UTF8.GetString(new PersonEvent(PersonStep.Granted, PersonEvent.Operator("root"), Now, "anna", "drafter").Bytes()));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("")]
    [InlineData("""{"about":"anna","at":"2026-05-03T10:00:00Z","event":"crowned","schema":"terms-person-event/1","what":null,"who":"anna"}""")]
    [InlineData("""{"about":"anna","at":"yesterday","event":"granted","schema":"terms-person-event/1","what":null,"who":"anna"}""")]
    [InlineData("""{"about":"anna","at":"2026-05-03T10:00:00Z","event":"granted","schema":"terms-person-event/1","what":null,"who":"anna","x":null}""")]
    [InlineData("""{"about":"anna", "at":"2026-05-03T10:00:00Z","event":"granted","schema":"terms-person-event/1","what":null,"who":"anna"}""")]
    [InlineData("""{"about":7,"at":"2026-05-03T10:00:00Z","event":"granted","schema":"terms-person-event/1","what":null,"who":"anna"}""")]
    public void What_is_no_event_is_refused(string json) => Assert.Throws<FormatException>(() => PersonEvent.Parse(Encoding.UTF8.GetBytes(json)));

    [Theory]
    [InlineData("")]
    [InlineData("anna\nboris")]
    public void An_event_holds_no_lines(string text) => Assert.Throws<ArgumentException>(() => new PersonEvent(PersonStep.Denied, "anna", Now, null, text));

    [Theory]
    [InlineData("root", "operator root")]
    [InlineData("DOMAIN\\Anna Li\r\n", "operator DOMAIN\\AnnaLi")]
    [InlineData("анна", "operator (unnamed)")]
    public void Who_works_at_the_command_line_has_a_name_that_no_account_can_have(string user, string who)
    {
        Assert.Equal(who, PersonEvent.Operator(user));
        Assert.False(EditorAccount.IsName(who));
    }
}
