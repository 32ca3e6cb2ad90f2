//! What an expression says, before any reference date: the tree that the grammar builds and the
//! resolution reads.

use crate::model::Calendar;

/// A unit of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unit {
    /// Seconds.
    Second,
    /// Minutes.
    Minute,
    /// Hours.
    Hour,
    /// Days and nights.
    Day,
    /// Weeks.
    Week,
    /// Months.
    Month,
    /// Years.
    Year,
    /// Decades.
    Decade,
    /// Centuries.
    Century,
}

/// Where an expression points as seen from a reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// Units before (negative), at (0) or after the publication date.
    Present(i8),
    /// Units before, at or after the date that the text speaks of.
    Narrative(i8),
}

/// The year of a date.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum YearSpec {
    /// Not told.
    #[default]
    Untold,
    /// Told; negative before the common era (−1 is 1 BC).
    Told(i32),
    /// `من العام الماضي`.
    Relative(Which),
}

/// The month of a date.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MonthSpec {
    /// Not told: a year alone.
    #[default]
    Untold,
    /// Told, 1 to 12.
    Told(u8),
    /// `من الشهر الجاري`.
    Relative(Which),
}

/// A date of year, month and day, each told or not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CalendarDate {
    /// In which calendar year, month and day are counted.
    pub calendar: Calendar,
    /// Year.
    pub year: YearSpec,
    /// Month.
    pub month: MonthSpec,
    /// Day of the month.
    pub day: Option<u8>,
    /// ISO weekday named beside it.
    pub weekday: Option<u8>,
    /// Days from the publication date named beside it (`غدا الاثنين 19 جوان`).
    pub deictic: Option<i8>,
    /// `الماضي`, `الجاري`, `المقبل` behind it.
    pub lean: Option<Which>,
}

impl CalendarDate {
    /// Whether the year told lies before the common era.
    pub const fn year_is_bc(&self) -> bool {
        matches!(self.year, YearSpec::Told(year) if year < 0)
    }
}

/// How many units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Amount {
    /// So many.
    Exact(u32),
    /// So many and a half.
    AndHalf(u32),
    /// From, to.
    Between(u32, u32),
    /// An unknown number.
    Vague,
}

/// A length of time: one or two amounts (`ثلاث سنوات وشهران`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Length {
    /// How many.
    pub amount: Amount,
    /// Of what.
    pub unit: Unit,
    /// What comes on top.
    pub rest: Option<(u32, Unit)>,
}

/// From where an offset counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// `قبل ثلاثة أيام`: the publication date.
    Publication,
    /// `بعد يومين`: the date that the text speaks of.
    Narrative,
    /// `بعد يومين من الحادث`: the date of what was told.
    Told,
    /// `قبل يومين من الموعد النهائي`: another happening; the expression dates its own sentence, so
    /// its value is the date that the sentence has anyway.
    Elsewhere,
}

/// A part of the year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum YearPart {
    /// Spring 1, summer, autumn, winter 4.
    Season(u8),
    /// 1 to 4.
    Quarter(u8),
    /// 1 or 2.
    Half(u8),
}

/// What an expression says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expr {
    /// Year, month, day.
    Calendar(CalendarDate),
    /// Days from the publication date, with the weekday said beside it.
    Deictic(i8, Option<u8>),
    /// A weekday, with the adjective that says which one.
    Weekday(u8, Option<Which>),
    /// `الاثنين من الأسبوع المقبل`.
    WeekdayOf(u8, Which),
    /// `الأسبوع المقبل`.
    Period(Unit, Which),
    /// `عطلة نهاية الأسبوع`.
    Weekend(Option<Which>),
    /// `بعد أسبوعين`: negative `sign` is before.
    Offset {
        /// How far.
        length: Length,
        /// In which direction.
        sign: i8,
        /// From where.
        anchor: Anchor,
    },
    /// A season, quarter or half of a year.
    Part(YearPart, YearSpec),
    /// `الصيف الماضي`: spring is 1, winter 4.
    SeasonFrom(u8, Which),
    /// `الربع القادم`.
    QuarterFrom(Which),
    /// The decade that begins with the year of this number in its century; the century counted as
    /// `القرن العشرين` is 20.
    Decade(u8, Option<i8>),
    /// `العقد الماضي`.
    DecadeFrom(Which),
    /// `القرن التاسع عشر` is 19.
    Century(i8),
    /// `القرن الماضي`.
    CenturyFrom(Which),
    /// `الأيام المقبلة`.
    Vague,
    /// `ذلك الحين`.
    Then,
    /// A length of time.
    Duration(Length),
    /// `كل 5 سنوات`.
    EveryLength(Length),
    /// `كل يوم جمعة`.
    EveryWeekday(u8),
    /// A time of day without a day.
    Clock,
}

/// Parts of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayPart {
    /// `صباح`.
    Morning,
    /// `ظهر`.
    Noon,
    /// `بعد الظهر`, `عصر`.
    Afternoon,
    /// `مساء`.
    Evening,
    /// `ليل`.
    Night,
    /// `فجر`, which TIMEX3 has no sign for: the value is the day's.
    Dawn,
    /// `نهار`, likewise.
    Daytime,
}

/// A time on the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
    /// 0 to 24.
    pub hour: u8,
    /// 0 to 59.
    pub minute: u8,
    /// 0 to 59.
    pub second: Option<u8>,
}

/// TIMEX3 `mod`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Modifier {
    /// `أوائل`.
    Start,
    /// `منتصف`.
    Mid,
    /// `أواخر`.
    End,
    /// `نحو`.
    Approx,
    /// `أكثر من`.
    MoreThan,
    /// `أقل من`.
    LessThan,
}

impl Modifier {
    /// As TIMEX3 writes it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Start => "START",
            Self::Mid => "MID",
            Self::End => "END",
            Self::Approx => "APPROX",
            Self::MoreThan => "MORE_THAN",
            Self::LessThan => "LESS_THAN",
        }
    }
}

/// How an expression goes on in the next one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Link {
    /// It stands alone.
    #[default]
    None,
    /// `2 يونيو و23 يوليو 2022`: the year told behind holds here too.
    Next,
    /// `بعد أسبوعين، في 28 يوليو`: the next one says the same more exactly.
    Same,
}

/// An expression where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// First token.
    pub first: u32,
    /// Last token.
    pub last: u32,
    /// Folded bytes of the first token that belong to a proclitic and not to the expression.
    pub skip: u8,
    /// What it says.
    pub expr: Expr,
    /// Part of the day beside it.
    pub part: Option<DayPart>,
    /// Clock time beside it.
    pub clock: Option<Clock>,
    /// TIMEX3 `mod`.
    pub modifier: Option<Modifier>,
    /// How it goes on in the next.
    pub link: Link,
    /// Whether it heads an entry.
    pub header: bool,
    /// Whether it has its block for itself, so that an entry may fill the blocks below.
    pub alone: bool,
    /// Whether a repeated time stands before it in its sentence, so that a clock time is of no one day.
    pub repeated: bool,
    /// Where the clause before it points: −1 back, 1 ahead.
    pub direction: Option<i8>,
    /// The number of its block.
    pub block: u32,
    /// The number of its sentence within the text, from 0.
    pub sentence: u32,
    /// Which rule of the grammar made it.
    pub rule: &'static str,
}
