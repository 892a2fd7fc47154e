namespace Library.Migrations
{
    [DbContext(typeof(LibraryContext))]
    [Migration("20240104090000_BooksYear")]
    partial class BooksYear
    {
    }
}
