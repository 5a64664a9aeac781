using System.Collections.Frozen;
using System.Collections.Immutable;
using Terms.Catalogue;

namespace Terms.Resolution;

/// <summary>How the undefined word "from" is read.</summary>
public enum Reading
{
    /// <summary>As the place of residence or establishment: the catalogue's reading.</summary>
    Residence,

    /// <summary>As the place from which the sites are used.</summary>
    Access,
}

/// <summary>A condition on the customer, as a rule states it.</summary>
public abstract record Condition
{
    /// <summary>Whether it holds for a customer on a reading of "from".</summary>
    public abstract bool Holds(in Customer customer, Reading reading);

    /// <summary>Why it holds or does not, in words that are true of every customer of the same class.</summary>
    public abstract string Because(in Customer customer, Reading reading);

    /// <summary>The groups of places that it tells apart.</summary>
    public virtual IEnumerable<PlaceGroup> Groups => [];

    /// <summary>Whether it tells businesses from consumers.</summary>
    public virtual bool TellsBusiness => false;

    /// <summary>Holds for everybody.</summary>
    public sealed record Always : Condition
    {
        /// <inheritdoc/>
        public override bool Holds(in Customer customer, Reading reading) => true;

        /// <inheritdoc/>
        public override string Because(in Customer customer, Reading reading) => "it is for everyone";
    }

    /// <summary>The customer is "from" one of the groups, or from outside all of them.</summary>
    public sealed record From(ImmutableArray<PlaceGroup> Of, bool Outside) : Condition
    {
        private readonly FrozenSet<Place> places = Of.SelectMany(g => g.Places).ToFrozenSet();

        /// <inheritdoc/>
        public override IEnumerable<PlaceGroup> Groups => Of;

        /// <inheritdoc/>
        public override bool Holds(in Customer customer, Reading reading) =>
            places.Contains(reading == Reading.Residence ? customer.Residence : customer.AccessFrom) != Outside;

        /// <inheritdoc/>
        public override string Because(in Customer customer, Reading reading)
        {
            var who = reading == Reading.Residence ? "the residence" : "the place of access";
            return $"{who} (\"from\") is {(Holds(customer, reading) == Outside ? "outside" : "in")} {Names(Of)}";
        }
    }

    /// <summary>The customer lives in one of the groups, or uses the sites from one of them.</summary>
    public sealed record At(ImmutableArray<PlaceGroup> Of, bool IsAccess) : Condition
    {
        private readonly FrozenSet<Place> places = Of.SelectMany(g => g.Places).ToFrozenSet();

        /// <inheritdoc/>
        public override IEnumerable<PlaceGroup> Groups => Of;

        /// <inheritdoc/>
        public override bool Holds(in Customer customer, Reading reading) => places.Contains(IsAccess ? customer.AccessFrom : customer.Residence);

        /// <inheritdoc/>
        public override string Because(in Customer customer, Reading reading) =>
            $"{(IsAccess ? "the place of access" : "the residence")} is {(Holds(customer, reading) ? "in" : "outside")} {Names(Of)}";
    }

    /// <summary>The role is one of some; somebody who buys and sells has both roles.</summary>
    public sealed record HasRole(ImmutableArray<Role> Roles) : Condition
    {
        /// <inheritdoc/>
        public override bool Holds(in Customer customer, Reading reading) =>
            Roles.Contains(customer.Role) || (customer.Role == Role.BuyerAndSeller && (Roles.Contains(Role.Buyer) || Roles.Contains(Role.Seller)));

        /// <inheritdoc/>
        public override string Because(in Customer customer, Reading reading) => $"the role is {customer.Role.Word()}, {Is(Holds(customer, reading))} {Or(Roles.Select(r => r.Word()))}";
    }

    /// <summary>The site in question is one of some.</summary>
    public sealed record OnSite(ImmutableArray<Site> Sites) : Condition
    {
        /// <inheritdoc/>
        public override bool Holds(in Customer customer, Reading reading) => Sites.Contains(customer.Site);

        /// <inheritdoc/>
        public override string Because(in Customer customer, Reading reading) => $"the site is {customer.Site.Word()}, {Is(Holds(customer, reading))} {Or(Sites.Select(s => s.Word()))}";
    }

    /// <summary>The question is about one of some services, or about none of them.</summary>
    public sealed record About(ImmutableArray<Service> Services, bool Except) : Condition
    {
        /// <inheritdoc/>
        public override bool Holds(in Customer customer, Reading reading) => Services.Contains(customer.Service) != Except;

        /// <inheritdoc/>
        public override string Because(in Customer customer, Reading reading) =>
            $"{(customer.Service == Service.None ? "no service is named" : $"the service is {customer.Service.Word()}")}, {(Except ? "the rule leaves out" : "the rule is about")} {Or(Services.Select(s => Words.Services[(int)s]))}";
    }

    /// <summary>The customer is registered on a site, or on any.</summary>
    public sealed record MemberOf(Memberships Any) : Condition
    {
        /// <inheritdoc/>
        public override bool Holds(in Customer customer, Reading reading) => (customer.Members & Any) != 0;

        /// <inheritdoc/>
        public override string Because(in Customer customer, Reading reading) =>
            $"the customer is {(Holds(customer, reading) ? "" : "not ")}registered on {Or(Any.SiteWords())}";
    }

    /// <summary>The customer acts in business, or as a consumer.</summary>
    public sealed record InBusiness(bool Wanted) : Condition
    {
        /// <inheritdoc/>
        public override bool TellsBusiness => true;

        /// <inheritdoc/>
        public override bool Holds(in Customer customer, Reading reading) => customer.IsBusiness == Wanted;

        /// <inheritdoc/>
        public override string Because(in Customer customer, Reading reading) =>
            customer.IsBusiness switch { null => "it is not said whether the customer acts in business", true => "the customer acts in business", false => "the customer is a consumer" };
    }

    /// <summary>All of several conditions, or at least one.</summary>
    public sealed record Several(ImmutableArray<Condition> Of, bool AnyIsEnough) : Condition
    {
        /// <inheritdoc/>
        public override IEnumerable<PlaceGroup> Groups => Of.SelectMany(c => c.Groups);

        /// <inheritdoc/>
        public override bool TellsBusiness => Of.Any(c => c.TellsBusiness);

        /// <inheritdoc/>
        public override bool Holds(in Customer customer, Reading reading)
        {
            foreach (var condition in Of)
            {
                if (condition.Holds(customer, reading) == AnyIsEnough)
                {
                    return AnyIsEnough;
                }
            }
            return !AnyIsEnough;
        }

        /// <inheritdoc/>
        public override string Because(in Customer customer, Reading reading)
        {
            var holds = Holds(customer, reading);
            var telling = new List<string>();
            foreach (var condition in Of)
            {
                if (condition.Holds(customer, reading) == holds)
                {
                    telling.Add(condition.Because(customer, reading));
                }
            }
            return string.Join(AnyIsEnough && holds ? "; and also " : "; ", telling);
        }
    }

    private static string Names(ImmutableArray<PlaceGroup> groups) => Or(groups.Select(g => g.Name));

    private static string Or(IEnumerable<string> names) => string.Join(" or ", names);

    private static string Is(bool holds) => holds ? "as asked for:" : "not";
}
