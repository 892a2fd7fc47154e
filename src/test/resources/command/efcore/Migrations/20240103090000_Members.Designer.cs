namespace Library.Migrations
{
    [DbContext(typeof(LibraryContext))]
    [Migration("20240103090000_Members")]
    partial class Members
    {
    }
}
